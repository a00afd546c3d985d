-- Writes a plain post of ours: text and hashtags, at the beginning of a thread, by somebody of whom the process believes to
-- know something. When that is not so any more, or there was a post with the same idempotency key lately, it writes nothing
-- and gives an empty row.
--
-- A function, because what such a post costs is setting up statements: as parts of one statement all of them are set up for
-- every post, and to know the author first took one of its own, and begin and commit with it. Each of these keeps its plan.
-- Tags are looked up one by one, so that no plan reads all of them. The row of the post's counters is made by the first who
-- counts: none says the same as one of noughts to all who read them.
-- Indexes: the keys of account, account_setting, account_counter, oauth_application, idempotency_key and tag's names; follow_watched, follow_of_target.
create function write_plain_post(
  post_id bigint, author_id bigint, post_uri text, post_url text, post_visibility text, post_spoiler_text text, post_content text,
  post_source text, post_content_type text, post_language text, post_sensitive boolean, post_quote_policy text,
  post_application bigint, post_created_at timestamptz, post_words text, post_key text, tag_names text[], tag_displays text[],
  known_account text, known_setting text, known_watched boolean, known_heard boolean, known_relayed boolean,
  out id bigint, out version text, out statuses_count int, out followers_count int, out following_count int,
  out last_status_at timestamptz, out tag_ids bigint[], out tags text[], out application_name text, out application_website text)
language plpgsql volatile parallel unsafe
as $$
#variable_conflict use_column
declare
  found_tag bigint;
begin
  if (select account.xmin::text = known_account
        and (select setting.xmin::text from account_setting setting where setting.account_id = author_id) is not distinct from known_setting
        and exists (select from follow where follow.target_account_id = author_id and follow.notify) = known_watched
        and exists (select from follow where follow.target_account_id = author_id
                    and (select follower.domain_id is null from account follower where follower.id = follow.account_id)) = known_heard
        and exists (select from relay where relay.state = 'accepted') = known_relayed
      from account where account.id = author_id) is not true then
    return;
  end if;
  if post_key is not null and exists (select from idempotency_key taken where taken.account_id = author_id and taken.key = post_key
                                      and taken.created_at >= now() - interval '1 hour') then
    return;
  end if;

  insert into conversation (id) values (post_id);
  insert into status (id, account_id, uri, url, local, visibility, spoiler_text, content, text_source, content_type, language,
      sensitive, conversation_id, quote_policy, application_id, created_at)
    values (post_id, author_id, post_uri, post_url, true, post_visibility, post_spoiler_text, post_content, post_source, post_content_type,
      post_language, post_sensitive, post_id, post_quote_policy, post_application, post_created_at);
  insert into status_search (status_id, words) values (post_id, post_words::tsvector);
  if post_key is not null then
    insert into idempotency_key (account_id, key, status_id) values (author_id, post_key, post_id)
      on conflict (account_id, key) do update set status_id = excluded.status_id, created_at = now()
      where idempotency_key.created_at < now() - interval '1 hour';
    if not found then
      -- Taken by a request that came at the same time: all is taken back, and the long way gives that one's post.
      raise exception 'idempotency key taken' using errcode = 'serialization_failure';
    end if;
  end if;

  -- Given in the order of their names: two posts that add the same new ones cannot lock each other out.
  for place in 1 .. coalesce(cardinality(tag_names), 0) loop
    found_tag := (select tag.id from tag where tag.name = tag_names[place]);
    if found_tag is null then
      insert into tag (name, display_name) values (tag_names[place], tag_displays[place]) on conflict do nothing;
      found_tag := (select tag.id from tag where tag.name = tag_names[place]);
    end if;
    insert into status_tag (status_id, tag_id) values (post_id, found_tag);
    tag_ids := tag_ids || found_tag;
  end loop;
  -- The order in which they are shown is the database's.
  tags := case when cardinality(tag_names) > 1 then array(select name from unnest(tag_names) as given (name) order by name)
               else coalesce(tag_names, '{}') end;

  update account_counter set statuses_count = account_counter.statuses_count + 1,
      last_status_at = greatest(account_counter.last_status_at, post_created_at)
    where account_id = author_id
    returning account_counter.statuses_count, account_counter.followers_count, account_counter.following_count, account_counter.last_status_at
    into statuses_count, followers_count, following_count, last_status_at;
  if not found then
    insert into account_counter (account_id, statuses_count, last_status_at) values (author_id, 1, post_created_at)
      on conflict (account_id) do update set statuses_count = account_counter.statuses_count + 1,
        last_status_at = greatest(account_counter.last_status_at, excluded.last_status_at)
      returning account_counter.statuses_count, account_counter.followers_count, account_counter.following_count, account_counter.last_status_at
      into statuses_count, followers_count, following_count, last_status_at;
  end if;
  if post_application is not null then
    select application.name, application.website into application_name, application_website
      from oauth_application application where application.id = post_application;
  end if;
  id := post_id;
  version := pg_current_xact_id()::xid::text;
end
$$;
