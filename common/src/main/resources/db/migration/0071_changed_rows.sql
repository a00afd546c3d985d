-- Which rows have changed, so that a process may go on believing what it has read of all others (docs/adr/0031). Each
-- question it asks brings along what changed since the snapshot of the question before; rows are told apart by the
-- transaction that wrote them, for ids are drawn in one order and committed in another.
create table changed_row (
  transaction  xid8 not null default pg_current_xact_id(),
  kind         "char" not null,   -- s: a post or its counters, a: an account or its counters, r: whom an account follows, hides or is blocked by, m: what it did to posts
  row_id       bigint not null
);
create index changed_row_of_transaction on changed_row (transaction);

-- Up to which transaction everything had ended at a time: what is older may be forgotten a while later.
create table changed_row_horizon (
  at           timestamptz not null default now(),
  transaction  xid8 not null
);

create function changed_row_by_id() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    insert into changed_row (kind, row_id) values (tg_argv[0]::"char", old.id);
  else
    insert into changed_row (kind, row_id) values (tg_argv[0]::"char", new.id);
  end if;
  return null;
end $$;
create function changed_row_of_status() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    insert into changed_row (kind, row_id) values (tg_argv[0]::"char", old.status_id);
  else
    insert into changed_row (kind, row_id) values (tg_argv[0]::"char", new.status_id);
  end if;
  return null;
end $$;
create function changed_row_of_account() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    insert into changed_row (kind, row_id) values (tg_argv[0]::"char", old.account_id);
  else
    insert into changed_row (kind, row_id) values (tg_argv[0]::"char", new.account_id);
  end if;
  return null;
end $$;
create function changed_row_of_both() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    insert into changed_row (kind, row_id) values (tg_argv[0]::"char", old.account_id), (tg_argv[0]::"char", old.target_account_id);
  else
    insert into changed_row (kind, row_id) values (tg_argv[0]::"char", new.account_id), (tg_argv[0]::"char", new.target_account_id);
  end if;
  return null;
end $$;

-- What is new has been read by nobody; but counters that begin above nothing had been none before.
create trigger status_changed after update or delete on status for each row execute function changed_row_by_id('s');
create trigger status_counter_begun after insert on status_counter for each row
  when (new.replies_count <> 0 or new.reblogs_count <> 0 or new.favourites_count <> 0 or new.quotes_count <> 0
        or new.origin_reblogs_count is not null or new.origin_favourites_count is not null)
  execute function changed_row_of_status('s');
create trigger status_counter_changed after update on status_counter for each row
  when (old is distinct from new) execute function changed_row_of_status('s');
create trigger status_counter_gone after delete on status_counter for each row execute function changed_row_of_status('s');

-- Whom private and direct posts are for. Those of a new post come with it.
create function changed_row_of_mention() returns trigger language plpgsql as $$
begin
  insert into changed_row (kind, row_id)
  select 's', status.id from status
  where status.id = new.status_id and status.visibility in ('private', 'direct') and status.xmin <> pg_current_xact_id()::xid;
  return null;
end $$;
create trigger mention_added after insert on mention for each row execute function changed_row_of_mention();
create trigger mention_gone after delete on mention for each row execute function changed_row_of_status('s');

create trigger account_changed after update or delete on account for each row execute function changed_row_by_id('a');
create trigger account_counter_begun after insert on account_counter for each row execute function changed_row_of_account('a');
create trigger account_counter_gone after delete on account_counter for each row execute function changed_row_of_account('a');
-- The one that every post pays: at once for all authors of a batch.
create function changed_rows_of_accounts() returns trigger language plpgsql as $$
begin
  insert into changed_row (kind, row_id) select 'a', account_id from changed;
  return null;
end $$;
create trigger account_counter_changed after update on account_counter referencing new table as changed
  for each statement execute function changed_rows_of_accounts();

create trigger follow_changed after insert or update or delete on follow for each row execute function changed_row_of_account('r');
create trigger mute_changed after insert or update or delete on mute for each row execute function changed_row_of_account('r');
create trigger account_domain_block_changed after insert or update or delete on account_domain_block for each row execute function changed_row_of_account('r');
create trigger block_changed after insert or update or delete on block for each row execute function changed_row_of_both('r');

create trigger favourite_changed after insert or delete on favourite for each row execute function changed_row_of_account('m');
create trigger bookmark_changed after insert or delete on bookmark for each row execute function changed_row_of_account('m');
create trigger status_pin_changed after insert or delete on status_pin for each row execute function changed_row_of_account('m');
create trigger conversation_mute_changed after insert or delete on conversation_mute for each row execute function changed_row_of_account('m');
create trigger boost_made after insert on status for each row when (new.reblog_of_id is not null and new.local) execute function changed_row_of_account('m');
create trigger boost_gone after delete on status for each row when (old.reblog_of_id is not null and old.local) execute function changed_row_of_account('m');
