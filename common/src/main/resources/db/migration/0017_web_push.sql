-- Who wants to be woken by Web Push (RFC 8030): one subscription per token, gone with it.
create table push_subscription (
  id           bigint generated always as identity primary key,
  token_id     bigint not null unique references oauth_token on delete cascade,
  account_id   bigint not null references account on delete cascade,
  endpoint     text not null,
  public_key   bytea not null,        -- p256dh: the subscriber's point, uncompressed
  auth_secret  bytea not null,
  standard     boolean not null default false,   -- RFC 8291; otherwise the draft that old clients know
  policy       text not null default 'all' check (policy in ('all', 'followed', 'follower', 'none')),
  alerts       jsonb not null default '{}',      -- {"mention": true, …}: what was set and nothing else
  created_at   timestamptz not null default now()
);
create index push_subscription_by_account on push_subscription (account_id);
