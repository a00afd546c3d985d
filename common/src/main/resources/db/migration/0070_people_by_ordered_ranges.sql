-- Search for people reads the beginning of ranges of these instead of all that begin with a text.
create index account_handle_prefix on account (lower(username) text_pattern_ops, host text_pattern_ops);
drop index account_username_prefix;
create index account_local_username on account (lower(username) text_pattern_ops) where domain_id is not null;
create index account_display_name_prefix on account (lower(display_name) text_pattern_ops);
