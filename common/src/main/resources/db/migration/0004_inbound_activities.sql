-- What other servers say besides posts and follows: emoji reactions, downvotes, reports, featured hashtags, moves of
-- accounts, and what the moderators of communities do.

create table emoji_reaction (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references account on delete cascade,
  status_id   bigint not null references status on delete cascade,
  name        text not null,               -- one emoji, or the code of a custom one without its colons
  url         text,                        -- the picture of a custom emoji; null for a Unicode emoji
  uri         text,                        -- id of the activity
  created_at  timestamptz not null default now(),
  unique (account_id, status_id, name)
);
create index emoji_reaction_of_status on emoji_reaction (status_id, name);

-- An upvote is a favourite; a downvote stands here. A post's score is the difference.
create table dislike (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references account on delete cascade,
  status_id   bigint not null references status on delete cascade,
  uri         text,
  created_at  timestamptz not null default now(),
  unique (account_id, status_id)
);
create index dislike_of_status on dislike (status_id);

create table report (
  id                 bigint generated always as identity primary key,
  account_id         bigint not null references account on delete cascade,   -- who reports: a person or a server's actor
  target_account_id  bigint not null references account on delete cascade,
  status_ids         bigint[] not null default '{}',
  comment            text not null default '',                                -- plain text
  uri                text,                                                    -- id of the Flag
  resolved_at        timestamptz,
  created_at         timestamptz not null default now(),
  unique (uri, target_account_id)
);
create index report_of_target on report (target_account_id, id desc);
create index report_by_account on report (account_id, id desc);
create index report_open on report (id desc) where resolved_at is null;

create table featured_tag (
  account_id  bigint not null references account on delete cascade,
  tag_id      bigint not null references tag,
  created_at  timestamptz not null default now(),
  primary key (account_id, tag_id)
);

-- The last move of an account that was followed here: another one within a few days is not.
create table account_move (
  account_id         bigint primary key references account on delete cascade,
  target_account_id  bigint not null references account on delete cascade,
  moved_at           timestamptz not null default now()
);
create index account_move_to on account_move (target_account_id);

-- What a community elsewhere said its moderators did, as far as it was done here too.
create table community_action (
  id                bigint generated always as identity primary key,
  group_account_id  bigint not null references account on delete cascade,
  actor_uri         text not null,                -- the moderator, as the community names it
  action            text not null check (action in ('remove', 'restore', 'lock', 'unlock', 'feature', 'unfeature')),
  object_uri        text not null,
  reason            text not null default '',     -- plain text
  created_at        timestamptz not null default now()
);
create index community_action_of_group on community_action (group_account_id, id desc);
create index community_action_of_object on community_action (object_uri, id desc);
