-- Fetching and trust: threads completed from their origins, relays, followers compared.

-- A signature that does not fit the stored key sets off a fetch, whatever pause the refreshing of the account keeps.
alter table account add column key_leased_until timestamptz;
