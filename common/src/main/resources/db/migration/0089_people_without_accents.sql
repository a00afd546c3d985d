-- A name as search for people sees it: without case and accents. The same as SearchText.name in Java, which a test holds them to.
-- Not strict, so that the planner puts it in place; most names are ASCII, which the rest would cost ten microseconds each.
create function search_name(name text) returns text language sql immutable parallel safe
return case when octet_length(name) = length(name) then lower(name) else
  normalize(replace(replace(replace(replace(translate(
    regexp_replace(normalize(lower(normalize(name, nfkc)), nfd), U&'[\0300-\036F]', '', 'g'),
    'øđłıðħς', 'odlidhσ'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), nfc) end;

create index account_search_name_prefix on account (search_name(display_name) text_pattern_ops);
create index account_search_name_trigram on account using gin (search_name(display_name) gin_trgm_ops);
drop index account_display_name_prefix;
drop index account_display_name_trigram;
