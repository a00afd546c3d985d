-- What upkeep looks for.

-- Accounts by a personal inbox that answered 410: with a handle domain of its own the host of an account says nothing.
create index account_inbox on account (inbox_url) where domain_id is null;

-- Revoked tokens are kept for a while, so that a code used twice finds the token it gave.
create index oauth_token_revoked on oauth_token (revoked_at) where revoked_at is not null;
