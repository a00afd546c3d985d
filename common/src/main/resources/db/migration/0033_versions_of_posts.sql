-- Whoever keeps a post written out compares its row's version (xmin) with the one it was written from. What belongs to a
-- post and is shown with it touches the row, so that the version says it all, whichever program changes it.
-- Counters, polls and the state of quotes are not kept and need not; what is written together with its post does not either.

create function touch_status() returns trigger language plpgsql as $$
begin
  update status set received_at = received_at where id = case when tg_op = 'DELETE' then old.status_id else new.status_id end;
  return null;
end $$;

create trigger media_attachment_touches_status after update on media_attachment for each row
  when (old.status_id = new.status_id and old is distinct from new) execute function touch_status();
create trigger emoji_reaction_touches_status after insert or delete on emoji_reaction for each row execute function touch_status();
create trigger quote_touches_status after insert or delete on quote for each row execute function touch_status();
create trigger status_preview_card_touches_status after insert or update or delete on status_preview_card for each row execute function touch_status();

-- A page that many link to is fetched when the first of them does; the newest are those that are looked at.
create function touch_statuses_of_card() returns trigger language plpgsql as $$
begin
  update status set received_at = received_at
  where id in (select status_id from status_preview_card where preview_card_id = new.id order by status_id desc limit 500);
  return null;
end $$;

create trigger preview_card_touches_statuses after update on preview_card for each row
  when ((old.state, old.type, old.title, old.description, old.image_url, old.image_description, old.author_name, old.author_account_id, old.embed_url)
        is distinct from (new.state, new.type, new.title, new.description, new.image_url, new.image_description, new.author_name, new.author_account_id, new.embed_url))
  execute function touch_statuses_of_card();

-- Emoji stand in too many posts to touch them all.
create function announce_emoji() returns trigger language plpgsql as $$
begin
  perform pg_notify('dunlin', '{"event":"emojis_changed"}');
  return null;
end $$;

create trigger custom_emoji_is_announced after update or delete on custom_emoji for each row execute function announce_emoji();
