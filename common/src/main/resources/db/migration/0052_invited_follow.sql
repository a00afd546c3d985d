-- Whom people follow from the beginning who come by an invitation: the account that made it, when it said so.
alter table invite add column followed_account_id bigint references account on delete set null;
