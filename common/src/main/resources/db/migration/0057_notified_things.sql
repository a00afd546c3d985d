-- Notifications about other things than posts: reports, collections, warnings, and follows that ended with a server or an account.

-- What somebody lost at once, and why.
create table relationship_severance (
  id               bigint generated always as identity primary key,
  account_id       bigint not null references account on delete cascade,
  type             text not null check (type in ('domain_block', 'user_domain_block', 'account_suspension')),
  target_name      text not null,                -- the server, or the account with its server
  followers_count  int not null,
  following_count  int not null,
  created_at       timestamptz not null default now()
);
create index relationship_severance_by_account on relationship_severance (account_id, id desc);

-- What the moderators said to somebody here.
create table account_warning (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references account on delete cascade,
  text        text not null,                     -- plain text
  created_at  timestamptz not null default now()
);
create index account_warning_by_account on account_warning (account_id, id desc);

alter table notification
  add column report_id      bigint references report on delete cascade,
  add column collection_id  bigint references collection on delete cascade,
  add column severance_id   bigint references relationship_severance on delete cascade,
  add column warning_id     bigint references account_warning on delete cascade;
create index notification_of_report on notification (report_id) where report_id is not null;
create index notification_of_collection on notification (collection_id) where collection_id is not null;
create index notification_of_severance on notification (severance_id) where severance_id is not null;
create index notification_of_warning on notification (warning_id) where warning_id is not null;

-- The same thing is told once; a second report by the same person is another thing.
create unique index notification_once on notification
  (account_id, type, from_account_id, status_id, coalesce(report_id, collection_id, severance_id, warning_id)) nulls not distinct;
alter table notification drop constraint notification_account_id_type_from_account_id_status_id_key;
