-- Reports made here beside those of other servers, featured hashtags with ids of their own, and the last word of accounts
-- that are suspended or deleted.

alter table report
  add column category text not null default 'other' check (category in ('spam', 'legal', 'violation', 'other')),
  add column rule_ids bigint[] not null default '{}',
  add column forwarded boolean not null default false;

-- The API takes a featured hashtag away by its id.
alter table featured_tag add column id bigint generated always as identity unique;

-- Nothing leaves in the name of somebody suspended but this.
alter table outgoing_activity add column farewell boolean not null default false;
