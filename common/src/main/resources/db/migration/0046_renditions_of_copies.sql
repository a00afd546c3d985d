-- A copy may be kept smaller or at rest, too, under the address of the whole. What is its own rendition is named once more.
alter table cached_media add column rendition text not null default '';
alter table cached_media drop constraint cached_media_pkey, add primary key (url, rendition);
