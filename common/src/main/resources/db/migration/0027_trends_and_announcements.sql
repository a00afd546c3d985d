-- What many talk about now; written anew every few minutes.

create table trend (
  kind          text not null check (kind in ('tag', 'status', 'link')),
  subject_id    bigint not null,            -- of tag, status or preview_card
  score         float8 not null default 0,
  peak          float8 not null default 0,  -- what it decays from
  peak_at       timestamptz not null default now(),
  primary key (kind, subject_id)
);
create index trend_by_score on trend (kind, score desc, subject_id);

-- A person's word on whether something may trend. Without one it is left to trends.review.
create table trend_review (
  kind        text not null check (kind in ('tag', 'status', 'link')),
  subject_id  bigint not null,
  allowed     boolean not null,
  primary key (kind, subject_id)
);

-- Accounts somebody does not want suggested again.
create table suggestion_dismissal (
  account_id         bigint not null references account on delete cascade,
  target_account_id  bigint not null references account on delete cascade,
  primary key (account_id, target_account_id)
);
create index suggestion_dismissal_of_target on suggestion_dismissal (target_account_id);

-- Who lets themselves be discovered: few of the many accounts a server knows.
create index account_discoverable on account (id desc) where discoverable;

create table announcement (
  id            bigint primary key,                -- a snowflake
  domain_id     bigint references domain on delete cascade,   -- null = for all served domains
  text          text not null,                     -- Markdown
  content       text not null,                     -- HTML, sanitised
  emojis        text[] not null default '{}',
  all_day       boolean not null default false,
  starts_at     timestamptz,
  ends_at       timestamptz,
  published_at  timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);

create table announcement_read (
  announcement_id  bigint not null references announcement on delete cascade,
  account_id       bigint not null references account on delete cascade,
  primary key (account_id, announcement_id)
);
create index announcement_read_of on announcement_read (announcement_id);

create table announcement_reaction (
  id               bigint generated always as identity primary key,
  announcement_id  bigint not null references announcement on delete cascade,
  account_id       bigint not null references account on delete cascade,
  name             text not null,                  -- one emoji, or the code of a custom one of ours
  unique (announcement_id, account_id, name)
);
create index announcement_reaction_of_account on announcement_reaction (account_id);
