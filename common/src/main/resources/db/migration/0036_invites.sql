-- Invitations: whoever has the code may sign up.
create table invite (
  id          bigint generated always as identity primary key,
  code        text not null unique,
  domain_id   bigint not null references domain on delete cascade,
  user_id     bigint references dunlin_user on delete cascade,     -- whose it is; null = the operator's
  max_uses    int check (max_uses > 0),                            -- null = any number
  uses        int not null default 0,
  expires_at  timestamptz,
  created_at  timestamptz not null default now()
);
create index invite_by_user on invite (user_id, id) where user_id is not null;

alter table dunlin_user add column invite_id bigint references invite on delete set null;
create index dunlin_user_by_invite on dunlin_user (invite_id) where invite_id is not null;
