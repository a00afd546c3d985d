-- Leases the front of each kind's queue: locks it, leaves those over their fair key's limit, takes as many as there is room for.
-- Per kind it reads "looks" rows of job_ready, however long the queue is, and writes those it leases by their keys.
--
-- A function for the sake of its plans. As a statement with its arrays in sight it was planned anew for every call, which cost
-- more than the call. With its arrays hidden (docs/adr/0030) a plan is kept; but one that was made while next to nothing
-- waited sorted or joined the whole table when a hundred thousand did. Choosing and leasing are two statements here, so that
-- there is no join, and what is switched off leaves nothing but job_ready in its order and job_pkey, at every size.
create function claim_jobs(kinds text[], slots_of int[], per_keys int[], looks int[], leases float8[], texts int[],
                           busy_kinds text[], busy_keys text[], busy_running int[], owner text)
returns table (id bigint, kind text, payload text, attempts smallint, fair_key text, more boolean)
language plpgsql volatile parallel unsafe
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
set enable_incremental_sort = off
as $$
#variable_conflict use_column
declare
  chosen_ids bigint[];
  looked_at bigint[];
begin
  with room as (
    select * from unnest((select kinds), (select slots_of), (select per_keys), (select looks), (select texts))
                  as r (kind, slots, per_key, look, text)
  ), busy as (
    select * from unnest((select busy_kinds), (select busy_keys), (select busy_running)) as b (kind, fair_key, running)
  ), front as materialized (
    select candidate.*, room.slots, room.per_key, room.text
    from room cross join lateral (
      select job.id, job.kind, job.fair_key, job.priority, job.turn, octet_length(job.payload) as size from job
      where job.kind = room.kind and job.state = 'ready'
      order by job.priority, job.turn, job.id
      limit room.look
      for update skip locked
    ) as candidate
  ), ranked as (
    select front.*, coalesce(busy.running, 0)
           + row_number() over (partition by front.kind, front.fair_key order by front.priority, front.turn, front.id) as nth
    from front left join busy on busy.kind = front.kind and busy.fair_key = front.fair_key
  ), chosen as (
    select ranked.id, ranked.slots, ranked.text, row_number() over in_order as place, sum(ranked.size) over in_order as text_so_far
    from ranked where ranked.fair_key = '' or ranked.nth <= ranked.per_key
    window in_order as (partition by ranked.kind order by ranked.priority, ranked.turn, ranked.id)
  )
  select array(select chosen.id from chosen where place <= slots and (place = 1 or text_so_far <= text)),
         array(select (select count(*) from front where front.kind = given.kind)
               from unnest((select kinds)) with ordinality as given (kind, place) order by given.place)
  into chosen_ids, looked_at;

  if cardinality(chosen_ids) > 0 then
    return query
    with claimed as (
      update job set state = 'running', attempts = job.attempts + 1, lease_owner = owner,
                     leased_until = now() + make_interval(secs => leases[array_position(kinds, job.kind)])
      where job.id = any((select chosen_ids)::bigint[])
      returning job.id, job.kind, job.payload, job.attempts, job.fair_key, job.priority, job.turn
    )
    select claimed.id, claimed.kind, claimed.payload, claimed.attempts, claimed.fair_key,
           looked_at[array_position(kinds, claimed.kind)] > count(*) over (partition by claimed.kind)
    from claimed order by claimed.priority, claimed.turn, claimed.id;
  end if;
end
$$;
