-- The outbox is claimed mailbox by mailbox: one that is away or has much waiting never slows the others.
create index outbox_waiting_of_mailbox on outbox (mailbox_id, automatic, not_before, id) where state = 'waiting';
drop index outbox_waiting;
