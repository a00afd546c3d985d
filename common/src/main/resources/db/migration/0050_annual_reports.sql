-- What somebody did in a year, computed by a job once they ask for it.
create table annual_report (
  account_id      bigint not null references account on delete cascade,
  year            int not null,
  schema_version  int not null,
  data            jsonb,                              -- null while it is computed
  status_ids      bigint[] not null default '{}',     -- posts that it names
  viewed_at       timestamptz,
  created_at      timestamptz not null default now(),
  primary key (account_id, year)
);
