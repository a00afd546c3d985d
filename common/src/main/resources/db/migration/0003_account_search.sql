-- Finding accounts by the beginning of their user name and by parts of their display name.
create index account_username_prefix on account (lower(username) text_pattern_ops);
create index account_display_name_trigram on account using gin (lower(display_name) gin_trgm_ops);
