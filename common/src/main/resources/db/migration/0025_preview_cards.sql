-- What a page that a post links to says about itself. One row per address, however many posts link to it.

create table preview_card (
  id                 bigint generated always as identity primary key,
  url                text not null unique,                  -- as linked, without fragment
  state              text not null default 'waiting' check (state in ('waiting', 'ready', 'empty')),
  type               text not null default 'link' check (type in ('link', 'photo', 'video')),
  title              text not null default '',              -- plain text, as all of these
  description        text not null default '',
  language           text,
  provider_name      text not null default '',
  provider_url       text not null default '',
  author_name        text not null default '',
  author_url         text not null default '',
  author_account_id  bigint references account on delete set null,   -- whom the page names; shown when the account names the page's host too
  embed_url          text not null default '',              -- what a player shows; html is made from it and the sizes
  width              int not null default 0,
  height             int not null default 0,
  image_url          text,
  image_description  text not null default '',
  published_at       timestamptz,
  fetched_at         timestamptz,
  leased_until       timestamptz                            -- who fetches it now; ends by itself
);
create index preview_card_author on preview_card (author_account_id) where author_account_id is not null;

create table status_preview_card (
  status_id        bigint primary key references status on delete cascade,
  preview_card_id  bigint not null references preview_card on delete cascade
);
create index status_preview_card_of_card on status_preview_card (preview_card_id, status_id desc);
