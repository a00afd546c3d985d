-- Words of posts, cut and folded by SearchText (docs/adr/0018): the same on every PostgreSQL, whatever its locale. Posts from before are
-- added in the background.

create table status_search (
  status_id  bigint primary key references status on delete cascade,
  words      tsvector not null
);
create index status_search_words on status_search using gin (words);
