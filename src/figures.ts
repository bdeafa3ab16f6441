/** The figures of /metrics that need the desk's tables, each one cheap query over an index. Names carry their unit. */
import type { Figure } from './platform/health/index.ts'

export const figures: readonly Figure[] = [
  {
    name: 'mailbox_last_good_poll_age_seconds',
    help: 'How long ago each mailbox was last looked at successfully',
    label: 'mailbox',
    query: `select address as label, extract(epoch from now() - last_good_poll_at) as value
      from mailbox where removed_at is null and receive_by = 'imap' and last_good_poll_at is not null`,
  },
  {
    name: 'mailbox_alerts',
    help: 'Mailboxes that need a person',
    query: 'select count(*) as value from mailbox where removed_at is null and alert is not null',
  },
  {
    name: 'quarantined_mails',
    help: 'Mails that could not be read and wait for a person',
    query: `select count(*) as value from delivery where became = 'quarantined'`,
  },
  {
    name: 'outbox_mails',
    help: 'Mails to be sent, by state, without those that are done',
    label: 'state',
    query: `select state as label, count(*) as value from outbox where state in ('waiting', 'sending', 'uncertain', 'failed') group by state`,
  },
  {
    name: 'outbox_oldest_age_seconds',
    help: 'How long the oldest mail has waited past its time',
    query: `select greatest(0, extract(epoch from now() - min(not_before))) as value from outbox where state in ('waiting', 'sending')`,
  },
  {
    name: 'log_reader_lag_seconds',
    help: 'Age of the oldest event a reader of the log has not taken yet',
    label: 'reader',
    query: `select r.name as label, coalesce(extract(epoch from now() - (
        select e.at from event e where (e.transaction_id, e.seq) > (r.transaction_id, r.seq) order by e.transaction_id, e.seq limit 1)), 0) as value
      from event_reader r`,
  },
  {
    name: 'promises_overdue',
    help: 'Open promises that are past due (up to 1000 are counted)',
    query:
      'select count(*) as value from (select from promise where ended_at is null and due_at < now() limit 1000) due',
  },
]
