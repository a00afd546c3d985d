-- What readers arrange for themselves: lists of people, filters of words and posts, hashtags followed.

create table list (
  id              bigint generated always as identity primary key,
  account_id      bigint not null references account on delete cascade,   -- whose list it is
  title           text not null,
  replies_policy  text not null default 'list' check (replies_policy in ('followed', 'list', 'none')),
  exclusive       boolean not null default false,     -- what its members post stays out of home
  created_at      timestamptz not null default now()
);
create index list_by_account on list (account_id, id);

create table list_account (
  id          bigint generated always as identity primary key,
  list_id     bigint not null references list on delete cascade,
  account_id  bigint not null references account on delete cascade,
  unique (list_id, account_id)
);
create index list_account_of_account on list_account (account_id, list_id);

create table filter (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references account on delete cascade,
  title       text not null,
  contexts    text[] not null,
  action      text not null default 'warn' check (action in ('warn', 'hide', 'blur')),
  expires_at  timestamptz,
  created_at  timestamptz not null default now()
);
create index filter_by_account on filter (account_id, id);

create table filter_keyword (
  id          bigint generated always as identity primary key,
  filter_id   bigint not null references filter on delete cascade,
  keyword     text not null,
  whole_word  boolean not null default true
);
create index filter_keyword_by_filter on filter_keyword (filter_id, id);

create table filter_status (
  id         bigint generated always as identity primary key,
  filter_id  bigint not null references filter on delete cascade,
  status_id  bigint not null references status on delete cascade,
  unique (filter_id, status_id)
);
create index filter_status_of_status on filter_status (status_id);

create table tag_follow (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references account on delete cascade,
  tag_id      bigint not null references tag,
  created_at  timestamptz not null default now(),
  unique (account_id, tag_id)
);
create index tag_follow_of_tag on tag_follow (tag_id, account_id);
