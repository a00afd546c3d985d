-- Moving all blobs from one store to the other, batch by batch. Rows stay as a record; one runs at a time.
create table storage_migration (
  id            bigint generated always as identity primary key,
  source        text not null,
  target        text not null,
  keeps_source  boolean not null default false,
  state         text not null default 'running' check (state in ('running', 'cancelled', 'done')),
  kinds         text[] not null,                           -- still to do, the first one under way
  kinds_in_all  int not null,
  position      text,                                      -- the last key of that kind that is done
  moved         bigint not null default 0,
  bytes         bigint not null default 0,
  failed        bigint not null default 0,
  last_error    text,
  started_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now()
);
create unique index storage_migration_under_way on storage_migration ((true)) where state = 'running';
