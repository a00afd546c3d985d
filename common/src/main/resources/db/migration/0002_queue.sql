-- Jobs (docs/adr/0003-own-job-queue.md). A row is scheduled (run_at lies ahead), ready, or running
-- (leased); done work is deleted, given-up work moves to dead_job.

create table job (
  id           bigint generated always as identity primary key,
  kind         text not null,
  payload      text not null,                    -- JSON
  priority     smallint not null default 5,      -- lower first
  fair_key     text not null default '',         -- whose work it is, e.g. a host; '' = nobody's in particular
  -- Place in the queue of its kind and priority. The n-th waiting job of a fair key stands n places behind
  -- the front, so that a key with ten thousand jobs and one with a single job take turns.
  turn         bigint not null default 0,
  unique_key   text,
  state        text not null check (state in ('scheduled', 'ready', 'running')),
  run_at       timestamptz not null default now(),
  attempts     smallint not null default 0,      -- counted when claimed, so that a job which kills its worker ends too
  leased_until timestamptz,
  lease_owner  text,
  last_error   text,
  created_at   timestamptz not null default now(),
  check ((state = 'running') = (leased_until is not null))
);
create index job_ready on job (kind, priority, turn, id) where state = 'ready';
create index job_lane on job (kind, priority, fair_key, turn) where state = 'ready';
create index job_scheduled on job (run_at) where state = 'scheduled';
create index job_running on job (leased_until) where state = 'running';
create unique index job_unique on job (kind, unique_key) where unique_key is not null and state <> 'running';
-- Rows come and go all day: clean up early, or the claim walks over the dead.
alter table job set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

create table dead_job (
  id          bigint primary key,
  kind        text not null,
  payload     text not null,
  priority    smallint not null,
  fair_key    text not null,
  unique_key  text,
  attempts    smallint not null,
  error       text not null,
  created_at  timestamptz not null,
  died_at     timestamptz not null default now()
);
create index dead_job_age on dead_job (died_at);

-- When which housekeeping task runs next, and who is at it.
create table periodic_task (
  name          text primary key,
  next_run_at   timestamptz not null default now(),
  leased_until  timestamptz,
  lease_owner   text,
  finished_at   timestamptz,
  last_error    text
);
