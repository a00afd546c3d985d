-- What became of looking for the rest of a thread: whoever opened it may ask.
alter table thread_request add column finished_at timestamptz, add column found int not null default 0;
