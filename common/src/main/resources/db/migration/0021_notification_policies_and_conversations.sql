-- Whose notifications are shown, set aside or dropped; conversations in private.

create table notification_policy (
  account_id            bigint primary key references account on delete cascade,
  for_not_following     text not null default 'accept' check (for_not_following in ('accept', 'filter', 'drop')),
  for_not_followers     text not null default 'accept' check (for_not_followers in ('accept', 'filter', 'drop')),
  for_new_accounts      text not null default 'accept' check (for_new_accounts in ('accept', 'filter', 'drop')),
  for_private_mentions  text not null default 'filter' check (for_private_mentions in ('accept', 'filter', 'drop')),
  for_limited_accounts  text not null default 'filter' check (for_limited_accounts in ('accept', 'filter', 'drop')),
  for_bots              text not null default 'accept' check (for_bots in ('accept', 'filter', 'drop'))
);

-- Whose notifications are shown whatever the policy says.
create table notification_permission (
  account_id       bigint not null references account on delete cascade,
  from_account_id  bigint not null references account on delete cascade,
  created_at       timestamptz not null default now(),
  primary key (account_id, from_account_id)
);
create index notification_permission_from on notification_permission (from_account_id);

-- What was set aside; all of one sender's together are a request.
create index notification_filtered on notification (account_id, id desc) where filtered;

-- What somebody has with the same people in one thread, in private.
create table private_conversation (
  id               bigint generated always as identity primary key,
  account_id       bigint not null references account on delete cascade,
  conversation_id  bigint not null references conversation on delete cascade,
  participant_ids  bigint[] not null,           -- without the owner, ascending
  last_status_id   bigint references status on delete set null,
  unread           boolean not null default false,
  unique (account_id, conversation_id, participant_ids)
);
create index private_conversation_by_account on private_conversation (account_id, last_status_id desc) where last_status_id is not null;
create index private_conversation_of_status on private_conversation (last_status_id) where last_status_id is not null;
create index private_conversation_of_conversation on private_conversation (conversation_id);

create table private_conversation_status (
  private_conversation_id  bigint not null references private_conversation on delete cascade,
  status_id                bigint not null references status on delete cascade,
  primary key (private_conversation_id, status_id)
);
create index private_conversation_status_of_status on private_conversation_status (status_id);
