-- Entries of home feeds are the most numerous rows of all, one for each follower of each post, and each was checked by two
-- statements of its own for whether post and reader are there (docs/adr/0029). Both are found by joins whenever a feed is
-- read, so that an entry of something gone shows nothing; it is cut off with the end of its feed.
alter table home_entry drop constraint home_entry_account_id_fkey, drop constraint home_entry_status_id_fkey;

-- What is deleted takes its entries with it, as before, with one statement instead of one for each row.
-- Indexes: home_entry_of_status, home_entry_pkey; whatever plan the first call of a session made is kept for all others.
create function forget_home_entries_of_status() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  delete from home_entry using gone where home_entry.status_id = gone.id;
  return null;
end $$;
create trigger status_leaves_homes after delete on status referencing old table as gone
  for each statement execute function forget_home_entries_of_status();

create function forget_home_entries_of_account() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  delete from home_entry using gone where home_entry.account_id = gone.id;
  return null;
end $$;
create trigger account_leaves_homes after delete on account referencing old table as gone
  for each statement execute function forget_home_entries_of_account();
