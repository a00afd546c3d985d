-- Deliveries to whom a post concerns go before those to followers, however many hosts are waiting.
create index delivery_urgent on delivery (priority, id) where priority < 5;
