-- What people bring along: a file of theirs, or whom another account of theirs follows. Rows that are done are deleted,
-- those that failed stay with the reason; what has none yet waits.

create table data_import (
  id           bigint generated always as identity primary key,
  account_id   bigint not null references account on delete cascade,
  kind         text not null check (kind in ('following', 'blocks', 'mutes', 'domain_blocks', 'bookmarks', 'lists')),
  overwrite    boolean not null default false,   -- what is here and not in the file goes
  source_uri   text,                             -- an actor whose collection is read first
  state        text not null check (state in ('reading', 'removing', 'running', 'done', 'failed')),
  error        text,
  total        int not null default 0,
  done         int not null default 0,
  failed       int not null default 0,
  created_at   timestamptz not null default now(),
  finished_at  timestamptz
);
create index data_import_by_account on data_import (account_id, id desc);
create index data_import_age on data_import (finished_at) where finished_at is not null;

create table data_import_row (
  id         bigint generated always as identity primary key,
  import_id  bigint not null references data_import on delete cascade,
  list       text not null default '',           -- title of a list, for lists alone
  target     text not null,                      -- handle, host or address
  options    text not null default '{}',         -- JSON
  error      text,
  unique (import_id, list, target)
);
create index data_import_row_waiting on data_import_row (import_id, id) where error is null;
create index data_import_row_failed on data_import_row (import_id, id) where error is not null;
