-- By these an actor that nothing refers to is found and deleted without reading the tables that might.
create index account_moved_to on account (moved_to_id) where moved_to_id is not null;
create index status_answers_to_account on status (in_reply_to_account_id) where in_reply_to_account_id is not null;
create index status_of_group on status (group_account_id) where group_account_id is not null;
create index media_attachment_by_account on media_attachment (account_id);
create index poll_by_account on poll (account_id);
create index poll_vote_by_account on poll_vote (account_id);
create index outgoing_activity_by_account on outgoing_activity (account_id);
create index oauth_token_by_account on oauth_token (account_id) where account_id is not null;
create index oauth_code_by_account on oauth_code (account_id);
create index web_session_by_account on web_session (account_id);
create index invite_followed_account on invite (followed_account_id) where followed_account_id is not null;

-- The same for threads.
create index conversation_mute_of_conversation on conversation_mute (conversation_id);
