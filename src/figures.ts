/** The figures of /metrics that need to know the desk: each one cheap query over an index, or a count kept here. Names carry their unit. */
import type { TakeIn } from './domain/channels/index.ts'
import type { Figure } from './platform/health/index.ts'

/** Nobody shall be woken because of the sample. */
const real = 'mailbox_id not in (select id from mailbox where sample)'

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
    query: `select count(*) as value from delivery where became = 'quarantined' and ${real}`,
  },
  {
    name: 'outbox_mails',
    help: 'Mails to be sent, by state, without those that are done',
    label: 'state',
    query: ['waiting', 'sending', 'uncertain', 'failed']
      .map(state => `select '${state}' as label, count(*) as value from outbox where state = '${state}' and ${real}`)
      .join(' union all '),
  },
  {
    name: 'outbox_oldest_age_seconds',
    help: 'How long the oldest mail has waited past its time',
    query: `select greatest(0, extract(epoch from now() - min(not_before))) as value from outbox where state = 'waiting' and ${real}`,
  },
  {
    name: 'jobs_waiting',
    help: 'Jobs whose time has come and that nobody has taken yet',
    query: 'select count(*) as value from graphile_worker._private_jobs where is_available and run_at <= now()',
  },
  {
    name: 'jobs_oldest_age_seconds',
    help: 'How long the oldest of them has waited',
    query: `select greatest(0, extract(epoch from now() - min(run_at))) as value from graphile_worker._private_jobs
      where is_available and run_at <= now()`,
  },
  {
    name: 'jobs_given_up',
    help: 'Jobs that failed as often as they may and need a person',
    query:
      'select count(*) as value from graphile_worker._private_jobs where attempts >= max_attempts and locked_at is null',
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
      'select count(*) as value from (select from promise p where ended_at is null and due_at < now() and not exists (select from conversation c where c.id = p.conversation_id and c.sample) limit 1000) due',
  },
]

/** Mail on its way in: how much was handed over and is not durable yet, and since when. */
export function watchIntake<Intake extends { takeIn: TakeIn }>(intake: Intake): { intake: Intake; figures: Figure[] } {
  const waiting = new Map<symbol, { mails: number; since: number }>()
  let mails = 0
  let lastSeconds = 0
  const takeIn: TakeIn = async arrived => {
    const id = Symbol()
    const since = performance.now()
    waiting.set(id, { mails: arrived.length, since })
    try {
      const taken = await intake.takeIn(arrived)
      mails += arrived.length
      lastSeconds = (performance.now() - since) / 1000
      return taken
    } finally {
      waiting.delete(id)
    }
  }
  const oldest = () => Math.min(performance.now(), ...[...waiting.values()].map(each => each.since))
  return {
    intake: { ...intake, takeIn },
    figures: [
      { name: 'ingested_mails', help: 'Mails made durable since the start', value: () => mails },
      {
        name: 'ingest_waiting_mails',
        help: 'Mails handed over that are not durable yet',
        value: () => [...waiting.values()].reduce((sum, each) => sum + each.mails, 0),
      },
      {
        name: 'ingest_lag_seconds',
        help: 'How long the oldest of them has waited',
        value: () => (waiting.size === 0 ? 0 : (performance.now() - oldest()) / 1000),
      },
      { name: 'ingest_last_batch_seconds', help: 'How long the last batch took', value: () => lastSeconds },
    ],
  }
}
