-- The statements of write_plain_posts were planned anew for nearly every group: with the very arrays at hand the planner sees
-- that they are shorter than the ten it guesses otherwise, and thinks that worth a plan. The look-ups are the same however many.
alter function write_plain_posts(
  bigint[], bigint[], text[], text[], text[], text[], text[], text[], text[], text[], boolean[], text[], bigint[], timestamptz[], text[], text[],
  bigint[], bigint[], text[], text[], text[], text[], boolean[], boolean[], boolean[], boolean[])
  set plan_cache_mode = 'force_generic_plan';
