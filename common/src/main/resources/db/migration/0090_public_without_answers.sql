-- Public lists leave answers to others out, which are a half of what people write: an index without them holds a page in one
-- place, and tells it without looking at the posts. Timelines.NO_ANSWER is the same condition.
create index status_public_top on status (id desc)
  where visibility = 'public' and reblog_of_id is null
    and (in_reply_to_id is null and in_reply_to_uri is null or in_reply_to_account_id = account_id);
create index status_local_top on status (id desc)
  where local and visibility in ('public', 'local') and reblog_of_id is null
    and (in_reply_to_id is null and in_reply_to_uri is null or in_reply_to_account_id = account_id);
drop index status_public;
drop index status_public_local;
