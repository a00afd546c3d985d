-- The turn that the next waiting job of a fair key gets: behind the last of its own, and not before the front.
--
-- Both come from the end of an index. PostgreSQL, which takes a queue that was nearly empty when it last looked for a small
-- one, read all of the lane by a bitmap instead, with every row that had been done and deleted since the last vacuum: a host
-- that had sent ten thousand activities made each further one cost ten milliseconds. An index scan also remembers the dead.
create function lane_turn(of_kind text, of_priority smallint, of_fair_key text) returns bigint
language plpgsql stable parallel unsafe
set enable_bitmapscan = off
set enable_seqscan = off
as $$
begin
  return greatest(
    coalesce((select job.turn + 1 from job
              where job.kind = of_kind and job.priority = of_priority and job.fair_key = of_fair_key and job.state = 'ready'
              order by job.turn desc limit 1), 0),
    coalesce((select job.turn from job
              where job.kind = of_kind and job.priority = of_priority and job.state = 'ready'
              order by job.turn, job.id limit 1), 0));
end
$$;
