-- Posts that wait for their time. The row goes in the transaction that makes the post; one that could not be made
-- (the post answered is gone, the account suspended) stays, so that its author loses no text.

create table scheduled_status (
  id              bigint primary key,           -- a snowflake; the post gets another
  account_id      bigint not null references account on delete cascade,
  scheduled_at    timestamptz not null,
  post            jsonb not null,               -- what was wanted
  media_ids       bigint[] not null default '{}',
  application_id  bigint references oauth_application on delete set null,
  created_at      timestamptz not null default now()
);
create index scheduled_status_by_account on scheduled_status (account_id, id desc);

-- Attachments that wait with their post belong to no other.
alter table media_attachment add column scheduled_status_id bigint references scheduled_status on delete set null;
create index media_attachment_scheduled on media_attachment (scheduled_status_id) where scheduled_status_id is not null;

-- The few direct posts among all that somebody wrote.
create index status_direct on status (account_id, id desc) where visibility = 'direct';
