-- A file that somebody sent and that waits to be made into what it is for. The row goes when that is done.
create table media_upload (
  id            bigint generated always as identity primary key,
  purpose       text not null check (purpose in ('attachment', 'avatar', 'header', 'emoji')),
  account_id    bigint references account on delete cascade,
  attachment_id bigint unique references media_attachment on delete cascade,
  shortcode     text,
  category      text,
  blob          text not null,
  keep_metadata boolean not null default false,
  failure       text,
  created_at    timestamptz not null default now()
);
create index media_upload_by_account on media_upload (account_id) where account_id is not null;
create index media_upload_age on media_upload (created_at);

-- Blobs that nothing names any more, to be deleted from the store. A trigger notices, so that no way of deleting forgets.
create table unused_blob (
  key   text primary key,
  since timestamptz not null default now()
);
create index unused_blob_age on unused_blob (since);

-- Which formats the media workers can make something of, as the last one that started found out.
create table media_ability (
  format text primary key
);

create function forget_attachment_blobs() returns trigger language plpgsql as $$
begin
  insert into unused_blob (key)
  select key from unnest(array[old.blob, old.preview_blob]) as key
  where key is not null
    and (tg_op = 'DELETE' or (key is distinct from new.blob and key is distinct from new.preview_blob))
  on conflict do nothing;
  return null;
end $$;
create trigger media_attachment_blobs_gone after delete on media_attachment
  for each row when (old.blob is not null or old.preview_blob is not null) execute function forget_attachment_blobs();
create trigger media_attachment_blobs_changed after update of blob, preview_blob on media_attachment
  for each row when (old.blob is distinct from new.blob or old.preview_blob is distinct from new.preview_blob)
  execute function forget_attachment_blobs();

create function forget_upload_blob() returns trigger language plpgsql as $$
begin
  insert into unused_blob (key) values (old.blob) on conflict do nothing;
  return null;
end $$;
create trigger media_upload_gone after delete on media_upload for each row execute function forget_upload_blob();

-- The still of a moving picture has the same name on another shelf.
create function forget_account_blobs() returns trigger language plpgsql as $$
begin
  insert into unused_blob (key)
  select unnest(array[key, replace(key, 'moving/', 'still/')])
  from unnest(array[old.avatar_blob, old.header_blob]) as key
  where key is not null
    and (tg_op = 'DELETE' or (key is distinct from new.avatar_blob and key is distinct from new.header_blob))
  on conflict do nothing;
  return null;
end $$;
create trigger account_blobs_gone after delete on account
  for each row when (old.avatar_blob is not null or old.header_blob is not null) execute function forget_account_blobs();
create trigger account_blobs_changed after update of avatar_blob, header_blob on account
  for each row when (old.avatar_blob is distinct from new.avatar_blob or old.header_blob is distinct from new.header_blob)
  execute function forget_account_blobs();

-- Our own emoji's addresses end in the blob's key.
create function forget_emoji_blobs() returns trigger language plpgsql as $$
begin
  insert into unused_blob (key)
  select substring(address from '/media/(.+)$') from unnest(array[old.url, old.static_url]) as address
  where address like '%/media/%' and (tg_op = 'DELETE' or (address <> new.url and address <> new.static_url))
  on conflict do nothing;
  return null;
end $$;
create trigger custom_emoji_blobs_gone after delete on custom_emoji
  for each row when (old.host = '') execute function forget_emoji_blobs();
create trigger custom_emoji_blobs_changed after update of url, static_url on custom_emoji
  for each row when (old.host = '') execute function forget_emoji_blobs();

-- Which record names a blob, for the search of orphans.
create index media_attachment_blob on media_attachment (blob) where blob is not null;
create index media_attachment_preview_blob on media_attachment (preview_blob) where preview_blob is not null;
create index account_avatar_blob on account (avatar_blob) where avatar_blob is not null;
create index account_header_blob on account (header_blob) where header_blob is not null;
