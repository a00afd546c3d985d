-- A second step when logging in: codes of an authenticator app (TOTP), and ten codes for when that is lost.
alter table dunlin_user
  add column totp_enabled_at timestamptz,
  -- The step of time whose code was used last: no code is good twice (RFC 6238 §5.2).
  add column totp_last_step  bigint;

create table recovery_code (
  user_id    bigint not null references dunlin_user on delete cascade,
  code_hash  bytea not null,
  primary key (user_id, code_hash)
);

-- A log-in whose password was right and whose code is still to come.
create table second_step (
  id_hash     bytea primary key,
  user_id     bigint not null references dunlin_user on delete cascade,
  tries       int not null default 0,
  expires_at  timestamptz not null
);
create index second_step_by_user on second_step (user_id);
create index second_step_expiry on second_step (expires_at);
