-- Sign-up by people themselves, and codes that prove an e-mail address is theirs.
alter table dunlin_user
  add column sign_up_reason text,
  add column sign_up_ip     text;

-- What was sent to an address: whoever comes back with it reads that mailbox. Only its hash is kept.
create table user_code (
  code_hash   bytea primary key,
  user_id     bigint not null references dunlin_user on delete cascade,
  purpose     text not null check (purpose in ('confirm', 'reset')),
  email       text not null,
  expires_at  timestamptz not null
);
create index user_code_by_user on user_code (user_id);
create index user_code_expiry on user_code (expires_at);

-- Belongs to somebody who is not let in yet: it is there for nobody.
alter table account add column pending boolean not null default false;
create index account_pending on account (created_at) where pending;
