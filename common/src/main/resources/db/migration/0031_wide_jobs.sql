-- A received activity has two or three kilobytes. PostgreSQL would compress what is longer than two for the seconds that
-- it waits here, which costs more than the room is worth.
alter table job set (toast_tuple_target = 8160);
