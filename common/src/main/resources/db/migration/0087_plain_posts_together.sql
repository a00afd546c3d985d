-- Writes plain posts of ours that come at the same time, or one that comes alone: text and hashtags, each at the beginning of
-- a thread, by authors of whom the process believes to know something. When one of them is not as was believed any more, or
-- an idempotency key was used lately, nothing is written and no row given. It is write_plain_post (0085) for many: that one
-- stays for processes of an older version.
--
-- A function, because what such posts cost is setting up statements: as parts of one statement all of them are set up for
-- every post, and to know the authors first took one of its own, and begin and commit with it. Each of these keeps its plan.
-- Who waits for a lock is told so soon, for others wait for the same group. Counters are locked in the order of their
-- accounts and tags given in that of their names: two groups cannot lock each other out.
-- Tags, keys and applications are looked up one by one, so that no plan reads all of them, and "offset 0" keeps plans from
-- hashing all that is blocked to find what a few authors block. The row of a post's counters is made by the first who counts:
-- none says the same as one of noughts to all who read them.
-- Arrays without a single entry are given as null. Indexes: the keys of account, account_setting, account_counter,
-- oauth_application, idempotency_key and tag's names; follow_watched, follow_of_target, block_by_account,
-- block_of_target, mute_of_target, list_account_of_account.
create function write_plain_posts(
  post_ids bigint[], author_ids bigint[], post_uris text[], post_urls text[], post_visibilities text[], post_spoiler_texts text[],
  post_contents text[], post_sources text[], post_content_types text[], post_languages text[], post_sensitives boolean[],
  post_quote_policies text[], post_applications bigint[], post_created_ats timestamptz[], post_words text[], post_keys text[],
  post_domains bigint[], tagged_ids bigint[], tag_names text[], tag_displays text[],
  known_accounts text[], known_settings text[], known_watched boolean[], known_heard boolean[], known_hidden boolean[],
  known_relayed boolean[])
returns table (id bigint, author_id bigint, is_hidden boolean, visibility text, language text, domain_id bigint, version text,
  statuses_count int, followers_count int, following_count int, last_status_at timestamptz, tags text[], application_name text, application_website text)
language plpgsql volatile parallel unsafe rows 1 set lock_timeout = '100ms'
as $$
#variable_conflict use_column
begin
  if exists (select from relay where relay.state = 'accepted') <> any(known_relayed) or exists (
      select from unnest(author_ids, known_accounts, known_settings, known_watched, known_heard, known_hidden)
        as known (author_id, account, setting, watched, heard, hidden)
      where (select account.xmin::text from account where account.id = known.author_id) is distinct from known.account
        or (select setting.xmin::text from account_setting setting where setting.account_id = known.author_id) is distinct from known.setting
        or exists (select from follow where follow.target_account_id = known.author_id and follow.notify offset 0) <> known.watched
        or exists (select from follow where follow.target_account_id = known.author_id
                   and (select follower.domain_id is null from account follower where follower.id = follow.account_id) offset 0) <> known.heard
        or (exists (select from block where block.account_id = known.author_id offset 0)
            or exists (select from block where block.target_account_id = known.author_id offset 0)
            or exists (select from mute where mute.target_account_id = known.author_id offset 0)
            or exists (select from list_account where list_account.account_id = known.author_id offset 0)) <> known.hidden) then
    return;
  end if;
  if post_keys is not null and exists (
      select from unnest(author_ids, post_keys) as given (author_id, key)
      where (select taken.created_at from idempotency_key taken where taken.account_id = given.author_id and taken.key = given.key) >= now() - interval '1 hour') then
    return;
  end if;

  insert into conversation (id) select unnest(post_ids);
  insert into status (id, account_id, uri, url, local, visibility, spoiler_text, content, text_source, content_type, language,
      sensitive, conversation_id, quote_policy, application_id, created_at)
    select given.id, given.author_id, given.uri, given.url, true, given.visibility, given.spoiler_text, given.content, given.source, given.content_type,
      given.language, given.sensitive, given.id, given.quote_policy, given.application_id, given.created_at
    from unnest(post_ids, author_ids, post_uris, post_urls, post_visibilities, post_spoiler_texts, post_contents, post_sources, post_content_types,
        post_languages, post_sensitives, post_quote_policies, post_applications, post_created_ats)
      as given (id, author_id, uri, url, visibility, spoiler_text, content, source, content_type, language, sensitive, quote_policy, application_id, created_at);
  insert into status_search (status_id, words)
    select given.id, given.words::tsvector from unnest(post_ids, post_words) as given (id, words);
  if post_keys is not null then
    insert into idempotency_key (account_id, key, status_id)
      select given.author_id, given.key, given.id from unnest(author_ids, post_keys, post_ids) as given (author_id, key, id)
      where given.key is not null order by given.author_id, given.key
      on conflict (account_id, key) do update set status_id = excluded.status_id, created_at = now()
      where idempotency_key.created_at < now() - interval '1 hour';
    if exists (select from unnest(author_ids, post_keys, post_ids) as given (author_id, key, id)
        where given.key is not null and (select taken.status_id from idempotency_key taken where taken.account_id = given.author_id and taken.key = given.key)
          is distinct from given.id) then
      -- Taken by a request that came at the same time: all is taken back, and the long way gives that one's post.
      raise exception 'idempotency key taken' using errcode = 'serialization_failure';
    end if;
  end if;
  if tagged_ids is not null then
    if exists (select from unnest(tag_names) as given (name) where (select tag.id from tag where tag.name = given.name) is null) then
      insert into tag (name, display_name)
        select given.name, min(given.display) from unnest(tag_names, tag_displays) as given (name, display) group by given.name order by given.name
        on conflict do nothing;
    end if;
    insert into status_tag (status_id, tag_id)
      select given.id, (select tag.id from tag where tag.name = given.name) from unnest(tagged_ids, tag_names) as given (id, name);
  end if;

  return query
    with counter as (
      insert into account_counter (account_id, statuses_count, last_status_at)
        select given.author_id, count(*), max(given.created_at) from unnest(author_ids, post_created_ats) as given (author_id, created_at)
        group by given.author_id order by given.author_id
        on conflict (account_id) do update set statuses_count = account_counter.statuses_count + excluded.statuses_count,
          last_status_at = greatest(account_counter.last_status_at, excluded.last_status_at)
        returning account_counter.account_id, account_counter.statuses_count, account_counter.followers_count, account_counter.following_count,
          account_counter.last_status_at
    )
    select given.id, given.author_id, given.hidden, given.visibility, given.language, given.domain_id, pg_current_xact_id()::xid::text, counter.statuses_count, counter.followers_count,
      counter.following_count, counter.last_status_at,
      -- The order in which they are shown is the database's.
      case when tagged_ids is not null then array(select tied.name from unnest(tagged_ids, tag_names) as tied (id, name) where tied.id = given.id order by tied.name) end,
      application.name, application.website
    from unnest(post_ids, author_ids, known_hidden, post_visibilities, post_languages, post_domains, post_applications)
      as given (id, author_id, hidden, visibility, language, domain_id, application_id)
    join counter on counter.account_id = given.author_id
    left join lateral (select found.name, found.website from oauth_application found where found.id = given.application_id offset 0) application on true;
end
$$;
