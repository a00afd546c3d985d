-- What a profile shows besides its posts, and collections: people whom somebody recommends, where these agree.
alter table account
  add column show_media          boolean not null default true,
  add column show_media_replies  boolean not null default true,
  add column show_featured       boolean not null default true;

create table collection (
  id            bigint generated always as identity primary key,
  account_id    bigint not null references account on delete cascade,   -- who made it
  name          text not null,
  description   text not null default '',
  language      text,
  sensitive     boolean not null default false,
  discoverable  boolean not null default true,      -- stands on its maker's profile
  tag_id        bigint references tag,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);
create index collection_by_account on collection (account_id, id desc);
create index collection_by_tag on collection (tag_id) where tag_id is not null;

create table collection_item (
  id             bigint generated always as identity primary key,
  collection_id  bigint not null references collection on delete cascade,
  account_id     bigint not null references account on delete cascade,
  -- Who wants to stand in it no more is kept, so that nobody puts them in again.
  revoked_at     timestamptz,
  created_at     timestamptz not null default now(),
  unique (collection_id, account_id)
);
create index collection_item_of_account on collection_item (account_id, collection_id);
