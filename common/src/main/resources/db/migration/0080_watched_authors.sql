-- Whether anybody asked to be told of every post of somebody, without looking through all who follow them.
create index follow_watched on follow (target_account_id) where notify;
