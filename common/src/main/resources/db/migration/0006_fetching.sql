-- Fetching and trust: threads completed from their origins, relays, followers compared.

-- A signature that does not fit the stored key sets off a fetch, whatever pause the refreshing of the account keeps.
alter table account add column key_leased_until timestamptz;

-- What the origin of a remote post says of its likes and boosts; the larger of its number and ours is shown.
alter table status_counter add column origin_reblogs_count int, add column origin_favourites_count int;

-- When a thread was last looked for at its origins because somebody opened it.
create table thread_request (
  conversation_id  bigint primary key references conversation on delete cascade,
  asked_at         timestamptz not null default now()
);
create index thread_request_age on thread_request (asked_at);

-- The collection of a thread's posts as its root's server serves it (FEP-7888); `uri` is the opaque name.
alter table conversation add column context_uri text;

-- Deliveries of what only followers get carry a digest of them (FEP-8fcf).
alter table outgoing_activity add column synchronises_followers boolean not null default false;

-- Relays: our public posts go there, and what they announce is fetched from its origin.
create table relay (
  id          bigint generated always as identity primary key,
  url         text not null unique,          -- as the administrator named it: an inbox or an actor
  inbox_url   text,
  actor_uri   text,                          -- who accepted, or was named
  follow_uri  text unique,                   -- id of our Follow; answers are known by it
  state       text not null default 'idle' check (state in ('idle', 'pending', 'accepted', 'rejected', 'failed')),
  created_at  timestamptz not null default now(),
  changed_at  timestamptz not null default now()
);
create index relay_actor on relay (actor_uri) where actor_uri is not null;
