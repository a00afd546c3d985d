-- Servers that this one limits or has nothing to do with, their subdomains included.
alter table domain_block
  add column severity         text not null default 'noop' check (severity in ('noop', 'silence', 'suspend')),
  add column public_comment   text not null default '',    -- plain text, for whoever may read the list
  add column private_comment  text not null default '',    -- plain text, for the operators
  add column obfuscate        boolean not null default false;

-- By which of them an account is limited or suspended, so that what is lifted is no more than what was laid on.
alter table account add column blocked_host text;
create index account_by_blocked_host on account (blocked_host, id) where blocked_host is not null;

-- Whether a canonical host, with or without a port, is a name or below it.
create function host_is_within(host text, name text) returns boolean language sql immutable parallel safe as $$
  select host = name or split_part(host, ':', 1) = name or right(split_part(host, ':', 1), length(name) + 1) = '.' || name
$$;
