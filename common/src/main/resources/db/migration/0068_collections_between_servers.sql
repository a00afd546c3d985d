-- Collections of other servers (FEP-7aa9), and people elsewhere as members whose consent was checked.
alter table collection
  add column uri text unique,         -- at its origin; null for those made here
  add column url text;                -- page for people; null = none
alter table collection_item
  add column uri text,                -- as its maker published it; null for members of those made here
  add column authorization_uri text;  -- consent of a member who lives elsewhere; null for people here, whose consent the row is
