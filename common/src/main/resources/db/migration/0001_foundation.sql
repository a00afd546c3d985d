-- The foundation: many served domains, users owning several accounts, posts that may become
-- edits, quotes, polls, stories and community threads. Ids of accounts, statuses and media are
-- snowflakes made in Java (milliseconds << 16); ids of relation rows grow by identity.
-- URIs are compared byte for byte, hosts are canonical (lower case, punycode, port when not the default).

create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- ---------------------------------------------------------------- install

create table secret (
  name        text primary key,
  value       bytea not null,
  created_at  timestamptz not null default now()
);

-- A domain this install serves. `name` is what stands in handles, `service_host` where its URLs live.
create table domain (
  id            bigint generated always as identity primary key,
  name          text not null unique,
  service_host  text not null unique,
  is_default    boolean not null default false,
  title         text,
  description   text,
  contact_email text,
  languages     text[] not null default '{}',
  created_at    timestamptz not null default now()
);
create unique index domain_default on domain (is_default) where is_default;

create table instance_rule (
  id          bigint generated always as identity primary key,
  domain_id   bigint not null references domain on delete cascade,
  position    int not null default 0,
  text        text not null,
  hint        text not null default '',
  deleted_at  timestamptz
);
create index instance_rule_by_domain on instance_rule (domain_id, position);

-- ---------------------------------------------------------------- users and accounts

-- A login. It owns one or more accounts; everything public belongs to the account.
create table dunlin_user (
  id              bigint primary key,
  email           text not null,
  password_hash   text,
  role            text not null default 'user' check (role in ('user', 'moderator', 'admin')),
  confirmed_at    timestamptz,
  approved_at     timestamptz,
  disabled_at     timestamptz,
  totp_secret     text,
  locale          text not null default 'en',
  time_zone       text,
  last_seen_on    date,
  created_at      timestamptz not null default now()
);
create unique index dunlin_user_email on dunlin_user (lower(email));

-- An identity: local (domain_id and, for people, user_id set) or remote actor (domain_id null).
create table account (
  id                  bigint primary key,
  domain_id           bigint references domain,
  user_id             bigint references dunlin_user,
  username            text not null,
  host                text not null,                 -- handle domain, local accounts included
  uri                 text not null,
  url                 text,
  actor_type          text not null default 'Person'
                      check (actor_type in ('Person', 'Service', 'Group', 'Organization', 'Application')),
  display_name        text not null default '',
  note                text not null default '',       -- HTML, sanitised
  note_source         text not null default '',       -- what a local author typed
  fields              jsonb not null default '[]',    -- [{name, value (HTML), source, verifiedAt}]
  avatar_remote_url   text,
  avatar_blob         text,
  avatar_description  text not null default '',
  header_remote_url   text,
  header_blob         text,
  header_description  text not null default '',
  emojis              text[] not null default '{}',   -- short codes used in name, note, fields
  locked              boolean not null default false,
  discoverable        boolean,
  indexable           boolean not null default false,
  hide_collections    boolean not null default false,
  memorial            boolean not null default false,
  also_known_as       text[] not null default '{}',
  moved_to_id         bigint references account,
  attribution_domains text[] not null default '{}',
  inbox_url           text not null default '',
  shared_inbox_url    text,
  outbox_url          text,
  followers_url       text,
  following_url       text,
  featured_url        text,
  silenced_at         timestamptz,
  sensitized_at       timestamptz,
  suspended_at        timestamptz,
  suspended_by_origin boolean not null default false,
  deleted_at          timestamptz,
  created_at          timestamptz not null default now(),
  updated_at          timestamptz not null default now(),
  -- refreshing of remote actors: a lease, so that a killed worker blocks nobody
  fetched_at          timestamptz,
  refresh_leased_until timestamptz,
  refresh_failures    int not null default 0,
  check ((domain_id is not null) or (user_id is null))
);
create unique index account_uri on account (uri);
create unique index account_handle on account (lower(username), host);
create index account_url on account (url) where url is not null;
create index account_by_user on account (user_id) where user_id is not null;
create index account_by_host on account (host) where domain_id is null;
-- Nearly empty, and asked by every list of posts: who is hidden, who is limited.
create index account_hidden on account (id) where suspended_at is not null or deleted_at is not null;
create index account_limited on account (id) where silenced_at is not null;
create index account_local on account (domain_id, id desc) where domain_id is not null;

create table account_counter (
  account_id       bigint primary key references account on delete cascade,
  statuses_count   int not null default 0,
  followers_count  int not null default 0,
  following_count  int not null default 0,
  last_status_at   timestamptz
);

-- Keys of local (private_key set) and remote actors.
create table account_key (
  key_id       text primary key,
  account_id   bigint not null references account on delete cascade,
  algorithm    text not null check (algorithm in ('rsa', 'ed25519', 'p256')),
  public_key   text not null,           -- PEM, SubjectPublicKeyInfo
  private_key  text,                    -- PEM, PKCS#8
  created_at   timestamptz not null default now()
);
create index account_key_by_account on account_key (account_id);

create table account_setting (
  account_id             bigint primary key references account on delete cascade,
  default_visibility     text not null default 'public',
  default_sensitive      boolean not null default false,
  default_language       text,
  default_quote_policy   text not null default 'public',
  default_content_type   text not null default 'text/plain',
  expand_media           text not null default 'default',
  expand_spoilers        boolean not null default false,
  reduce_motion          boolean not null default false,
  other                  jsonb not null default '{}'
);

-- ---------------------------------------------------------------- OAuth and sessions

create table oauth_application (
  id                  bigint generated always as identity primary key,
  client_id           text not null unique,
  client_secret_hash  bytea not null,
  name                text not null,
  website             text,
  redirect_uris       text[] not null,
  scopes              text[] not null,
  created_at          timestamptz not null default now(),
  last_used_at        timestamptz
);

create table oauth_token (
  id               bigint generated always as identity primary key,
  token_hash       bytea not null unique,
  application_id   bigint not null references oauth_application on delete cascade,
  user_id          bigint references dunlin_user on delete cascade,
  account_id       bigint references account on delete cascade,
  scopes           text[] not null,
  created_at       timestamptz not null default now(),
  last_used_at     timestamptz,
  revoked_at       timestamptz
);
create index oauth_token_by_user on oauth_token (user_id) where user_id is not null;
create index oauth_token_by_application on oauth_token (application_id);

create table oauth_code (
  code_hash        bytea primary key,
  application_id   bigint not null references oauth_application on delete cascade,
  user_id          bigint not null references dunlin_user on delete cascade,
  account_id       bigint not null references account on delete cascade,
  redirect_uri     text not null,
  scopes           text[] not null,
  code_challenge   text,
  expires_at       timestamptz not null,
  used_at          timestamptz,
  token_id         bigint references oauth_token on delete set null
);
create index oauth_code_expiry on oauth_code (expires_at);

create table web_session (
  id_hash       bytea primary key,
  user_id       bigint not null references dunlin_user on delete cascade,
  account_id    bigint not null references account on delete cascade,
  csrf_token    text not null,
  user_agent    text not null default '',
  ip            text not null default '',
  created_at    timestamptz not null default now(),
  last_seen_at  timestamptz not null default now(),
  expires_at    timestamptz not null
);
create index web_session_by_user on web_session (user_id);
create index web_session_expiry on web_session (expires_at);

-- ---------------------------------------------------------------- statuses

create table conversation (
  id   bigint primary key,
  uri  text unique
);

create table status (
  id                      bigint primary key,
  account_id              bigint not null references account,
  uri                     text not null,
  url                     text,
  local                   boolean not null,
  object_type             text not null default 'Note',
  visibility              text not null
                          check (visibility in ('public', 'unlisted', 'private', 'direct', 'local', 'local-unlisted')),
  title                   text,
  spoiler_text            text not null default '',
  content                 text not null default '',    -- HTML, sanitised
  text_source             text,                        -- what a local author typed
  content_type            text,                        -- media type of text_source
  language                text,
  sensitive               boolean not null default false,
  conversation_id         bigint not null references conversation,
  in_reply_to_id          bigint references status on delete set null,
  in_reply_to_account_id  bigint references account,
  in_reply_to_uri         text,                        -- kept while the parent is unknown
  reblog_of_id            bigint references status on delete cascade,
  quote_policy            text not null default 'public',
  interaction_policy      jsonb,
  group_account_id        bigint references account,   -- the community it stands in
  application_id          bigint references oauth_application on delete set null,
  emojis                  text[] not null default '{}',
  created_at              timestamptz not null,        -- published
  received_at             timestamptz not null default now(),
  edited_at               timestamptz,
  expires_at              timestamptz                  -- a story has an end
);
create unique index status_uri on status (uri);
create index status_url on status (url) where url is not null and not local;
create index status_by_account on status (account_id, id desc);
create index status_replies on status (in_reply_to_id, id) where in_reply_to_id is not null;
create index status_waiting_for_parent on status (in_reply_to_uri) where in_reply_to_uri is not null and in_reply_to_id is null;
create index status_by_conversation on status (conversation_id, id);
create index status_reblogs on status (reblog_of_id, id desc) where reblog_of_id is not null;
create unique index status_one_reblog on status (account_id, reblog_of_id) where reblog_of_id is not null;
create index status_public on status (id desc)
  where visibility = 'public' and reblog_of_id is null;
create index status_public_local on status (id desc)
  where local and visibility in ('public', 'local') and reblog_of_id is null;
create index status_expiry on status (expires_at) where expires_at is not null;

create table status_counter (
  status_id         bigint primary key references status on delete cascade,
  replies_count     int not null default 0,
  reblogs_count     int not null default 0,
  favourites_count  int not null default 0,
  quotes_count      int not null default 0
);

create table status_edit (
  id            bigint generated always as identity primary key,
  status_id     bigint not null references status on delete cascade,
  spoiler_text  text not null,
  content       text not null,
  text_source   text,
  sensitive     boolean not null,
  media         jsonb not null default '[]',
  poll_options  text[],
  created_at    timestamptz not null
);
create index status_edit_by_status on status_edit (status_id, id);

create table mention (
  status_id   bigint not null references status on delete cascade,
  account_id  bigint not null references account on delete cascade,
  silent      boolean not null default false,
  primary key (status_id, account_id)
);
create index mention_of_account on mention (account_id, status_id desc);

create table tag (
  id            bigint generated always as identity primary key,
  name          text not null unique,      -- normalised: NFKC, case-folded
  display_name  text not null,
  created_at    timestamptz not null default now()
);
create index tag_name_prefix on tag (name text_pattern_ops);

create table status_tag (
  status_id  bigint not null references status on delete cascade,
  tag_id     bigint not null references tag,
  primary key (tag_id, status_id)
);
create index status_tag_by_status on status_tag (status_id);

create table custom_emoji (
  id          bigint generated always as identity primary key,
  shortcode   text not null,
  host        text not null default '',     -- '' = ours
  uri         text,
  url         text not null,
  static_url  text not null,
  category    text,
  visible     boolean not null default true,
  disabled    boolean not null default false,
  updated_at  timestamptz not null default now(),
  unique (host, shortcode)
);

create table media_attachment (
  id             bigint primary key,
  account_id     bigint not null references account,
  status_id      bigint references status on delete set null,
  position       smallint not null default 0,
  type           text not null default 'unknown' check (type in ('image', 'gifv', 'video', 'audio', 'unknown')),
  state          text not null default 'ready' check (state in ('waiting', 'processing', 'ready', 'failed')),
  blob           text,
  preview_blob   text,
  content_type   text,
  remote_url     text,
  remote_preview_url text,
  description    text,
  blurhash       text,
  focus_x        real,
  focus_y        real,
  meta           jsonb not null default '{}',
  created_at     timestamptz not null default now()
);
create index media_attachment_by_status on media_attachment (status_id, position) where status_id is not null;
create index media_attachment_unattached on media_attachment (created_at) where status_id is null;

create table poll (
  id           bigint primary key,
  status_id    bigint not null unique references status on delete cascade,
  account_id   bigint not null references account,
  options      text[] not null,
  tallies      int[] not null,
  multiple     boolean not null default false,
  hide_totals  boolean not null default false,
  votes_count  int not null default 0,
  voters_count int,
  expires_at   timestamptz,
  closed_at    timestamptz,
  fetched_at   timestamptz
);
create index poll_expiry on poll (expires_at) where closed_at is null;

create table poll_vote (
  poll_id     bigint not null references poll on delete cascade,
  account_id  bigint not null references account on delete cascade,
  choice      smallint not null,
  uri         text,
  created_at  timestamptz not null default now(),
  primary key (poll_id, account_id, choice)
);

create table quote (
  status_id          bigint primary key references status on delete cascade,
  quoted_status_id   bigint references status on delete set null,
  quoted_uri         text,
  state              text not null check (state in ('pending', 'accepted', 'rejected', 'revoked', 'deleted', 'unauthorized')),
  request_uri        text,
  authorization_uri  text,
  created_at         timestamptz not null default now()
);
create index quote_of_status on quote (quoted_status_id, status_id desc) where quoted_status_id is not null;

create table favourite (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references account on delete cascade,
  status_id   bigint not null references status on delete cascade,
  uri         text,
  created_at  timestamptz not null default now(),
  unique (account_id, status_id)
);
create index favourite_of_status on favourite (status_id, id desc);
create index favourite_by_account on favourite (account_id, id desc);

create table bookmark (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references account on delete cascade,
  status_id   bigint not null references status on delete cascade,
  created_at  timestamptz not null default now(),
  unique (account_id, status_id)
);
create index bookmark_of_status on bookmark (status_id);
create index bookmark_by_account on bookmark (account_id, id desc);

create table status_pin (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references account on delete cascade,
  status_id   bigint not null references status on delete cascade,
  created_at  timestamptz not null default now(),
  unique (account_id, status_id)
);
create index status_pin_of_status on status_pin (status_id);

create table conversation_mute (
  account_id       bigint not null references account on delete cascade,
  conversation_id  bigint not null references conversation on delete cascade,
  created_at       timestamptz not null default now(),
  primary key (account_id, conversation_id)
);

create table idempotency_key (
  account_id  bigint not null references account on delete cascade,
  key         text not null,
  status_id   bigint not null,
  created_at  timestamptz not null default now(),
  primary key (account_id, key)
);
create index idempotency_key_age on idempotency_key (created_at);

-- What was deleted must not come back, and local URIs answer 410.
create table tombstone (
  uri          text primary key,
  former_type  text not null default 'Note',
  actor_uri    text,
  local        boolean not null default false,
  deleted_at   timestamptz not null default now()
);
create index tombstone_age on tombstone (deleted_at) where not local;

-- ---------------------------------------------------------------- relationships

create table follow (
  id                 bigint generated always as identity primary key,
  account_id         bigint not null references account on delete cascade,   -- who follows
  target_account_id  bigint not null references account on delete cascade,
  uri                text,                    -- id of the Follow activity
  reblogs            boolean not null default true,
  notify             boolean not null default false,
  languages          text[],
  created_at         timestamptz not null default now(),
  unique (account_id, target_account_id)
);
create index follow_by_account on follow (account_id, id desc);
create index follow_of_target on follow (target_account_id, id desc);
create index follow_uri on follow (uri) where uri is not null;

create table follow_request (
  id                 bigint generated always as identity primary key,
  account_id         bigint not null references account on delete cascade,
  target_account_id  bigint not null references account on delete cascade,
  uri                text,
  reblogs            boolean not null default true,
  notify             boolean not null default false,
  languages          text[],
  created_at         timestamptz not null default now(),
  unique (account_id, target_account_id)
);
create index follow_request_of_target on follow_request (target_account_id, id desc);
create index follow_request_uri on follow_request (uri) where uri is not null;

create table block (
  id                 bigint generated always as identity primary key,
  account_id         bigint not null references account on delete cascade,
  target_account_id  bigint not null references account on delete cascade,
  uri                text,
  created_at         timestamptz not null default now(),
  unique (account_id, target_account_id)
);
create index block_of_target on block (target_account_id);
create index block_by_account on block (account_id, id desc);

create table mute (
  id                  bigint generated always as identity primary key,
  account_id          bigint not null references account on delete cascade,
  target_account_id   bigint not null references account on delete cascade,
  hide_notifications  boolean not null default true,
  expires_at          timestamptz,
  created_at          timestamptz not null default now(),
  unique (account_id, target_account_id)
);
create index mute_of_target on mute (target_account_id);
create index mute_by_account on mute (account_id, id desc);
create index mute_expiry on mute (expires_at) where expires_at is not null;

create table account_domain_block (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references account on delete cascade,
  host        text not null,
  created_at  timestamptz not null default now(),
  unique (account_id, host)
);

create table account_note (
  account_id         bigint not null references account on delete cascade,
  target_account_id  bigint not null references account on delete cascade,
  comment            text not null,
  primary key (account_id, target_account_id)
);
create index account_note_of_target on account_note (target_account_id);

create table endorsement (
  id                 bigint generated always as identity primary key,
  account_id         bigint not null references account on delete cascade,
  target_account_id  bigint not null references account on delete cascade,
  unique (account_id, target_account_id)
);
create index endorsement_of_target on endorsement (target_account_id);

-- ---------------------------------------------------------------- timelines and notifications

-- The materialised home feed. `status_id` is the row shown (a boost's own row).
create table home_entry (
  account_id  bigint not null references account on delete cascade,
  status_id   bigint not null references status on delete cascade,
  reblog_of_id bigint,
  primary key (account_id, status_id)
);
create index home_entry_of_status on home_entry (status_id);

create table notification (
  id               bigint generated always as identity primary key,
  account_id       bigint not null references account on delete cascade,
  type             text not null,
  from_account_id  bigint not null references account on delete cascade,
  status_id        bigint references status on delete cascade,
  group_key        text,
  filtered         boolean not null default false,
  created_at       timestamptz not null default now(),
  unique nulls not distinct (account_id, type, from_account_id, status_id)
);
create index notification_by_account on notification (account_id, id desc);
create index notification_of_status on notification (status_id) where status_id is not null;
create index notification_from on notification (from_account_id);
create index notification_by_group on notification (account_id, group_key, id desc) where group_key is not null;

create table marker (
  account_id    bigint not null references account on delete cascade,
  timeline      text not null check (timeline in ('home', 'notifications')),
  last_read_id  bigint not null,
  version       int not null default 1,
  updated_at    timestamptz not null default now(),
  primary key (account_id, timeline)
);

-- ---------------------------------------------------------------- federation

-- What is known of another server's health and habits.
create table remote_host (
  host              text primary key,
  software          text,
  software_version  text,
  signature_scheme  text check (signature_scheme in ('cavage', 'rfc9421')),
  backoff_count     int not null default 0,
  open_until        timestamptz,               -- circuit breaker: nothing is sent before
  probe_leased_until timestamptz,              -- half open: one probe at a time
  last_success_at   timestamptz,
  last_failure_at   timestamptz,
  last_error        text,
  gone_at           timestamptz,
  updated_at        timestamptz not null default now()
);

-- Activity ids already handled, so that a second delivery has no second effect.
create table seen_activity (
  uri          text primary key,
  received_at  timestamptz not null default now()
);
create index seen_activity_age on seen_activity (received_at);

-- What could not be fetched lately.
create table fetch_failure (
  uri          text primary key,
  failures     int not null default 1,
  retry_after  timestamptz not null,
  reason       text not null default ''
);
create index fetch_failure_age on fetch_failure (retry_after);

-- A body to be delivered, rendered once. Removed when its last delivery has gone.
create table outgoing_activity (
  id          bigint generated always as identity primary key,
  account_id  bigint not null references account on delete cascade,   -- who signs
  uri         text not null,
  body        text not null,
  created_at  timestamptz not null default now()
);

create table delivery (
  id           bigint generated always as identity primary key,
  activity_id  bigint not null references outgoing_activity on delete cascade,
  inbox_url    text not null,
  host         text not null,
  subject      text not null,                   -- what it is about; one inbox gets those of a subject in order
  priority     smallint not null default 5,     -- lower first: mentions before followers
  attempts     smallint not null default 0,
  run_at       timestamptz not null default now(),
  leased_until timestamptz,
  lease_owner  text,
  last_error   text,
  unique (activity_id, inbox_url)
);
create index delivery_due on delivery (run_at);
create index delivery_by_host on delivery (host, priority, id);
create index delivery_order on delivery (inbox_url, subject, id);

create table dead_delivery (
  id           bigint primary key,
  account_id   bigint not null,
  activity_uri text not null,
  inbox_url    text not null,
  host         text not null,
  attempts     smallint not null,
  error        text not null,
  died_at      timestamptz not null default now()
);
create index dead_delivery_age on dead_delivery (died_at);
