-- A name as search for people sees it: without case and accents. The same as SearchText.name in Java, which a test holds them to.
create function search_name(name text) returns text language sql immutable strict parallel safe
return normalize(replace(replace(replace(replace(translate(
    regexp_replace(normalize(lower(normalize(name, nfkc)), nfd), U&'[\0300-\036F]', '', 'g'),
    'øđłıðħς', 'odlidhσ'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), nfc);

create index account_search_name_prefix on account (search_name(display_name) text_pattern_ops);
create index account_search_name_trigram on account using gin (search_name(display_name) gin_trgm_ops);
drop index account_display_name_prefix;
drop index account_display_name_trigram;
