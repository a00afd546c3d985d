-- Reports name collections beside posts.
alter table report add column collection_ids bigint[] not null default '{}';
