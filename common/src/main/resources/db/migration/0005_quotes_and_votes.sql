-- Quotes under consent (FEP-044f) and polls between servers.

-- Written in one of the older ways (_misskey_quote, quoteUri, …), which know no consent.
alter table quote add column legacy boolean not null default false;
create index quote_by_request on quote (request_uri) where request_uri is not null;
create index quote_by_authorization on quote (authorization_uri) where authorization_uri is not null;
create index quote_waiting on quote (quoted_uri) where quoted_status_id is null and state = 'pending';

-- When other servers were last told the tallies, so that a thousand votes are not a thousand activities.
alter table poll add column told_at timestamptz;
