-- Pictures, films and sounds of other servers that are kept here for a while. A blob is named by its content, so that
-- what many addresses show is kept once; the copies of a server's own files are no matter of these tables.
create table cached_blob (
  blob       text primary key,
  size       bigint not null,
  stored_at  timestamptz not null default now(),
  used_at    timestamptz not null default now()            -- to the hour
);
create index cached_blob_used on cached_blob (used_at);

create table cached_media (
  url         text primary key,
  blob        text not null references cached_blob on delete cascade,
  host        text not null,                               -- of the address, without port
  brought_by  text not null default '',                    -- whose server showed it here, when that is another one
  fetched_at  timestamptz not null default now()
);
create index cached_media_of_blob on cached_media (blob);

-- How far the walk over what is shown here has come that fetches everything ahead. Empty unless it does.
create table cache_walk (
  source    text primary key,
  position  bigint not null default 0
);
