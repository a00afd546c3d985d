-- Servers whose pictures, films and sounds nobody here is shown. Subdomains are meant too.
create table domain_block (
  host          text primary key,
  reject_media  boolean not null default false,
  created_at    timestamptz not null default now()
);
