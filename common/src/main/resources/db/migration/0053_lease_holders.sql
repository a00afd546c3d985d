-- Processes that hold leases and whose life shows in pg_locks (docs/adr/0026-who-lives-shows-in-pg-locks.md). One that
-- is not here is known by nothing but the end of its leases.
create table lease_holder (
  name  text primary key,    -- as in lease_owner
  lock  bigint not null      -- of the session lock that it holds
);
