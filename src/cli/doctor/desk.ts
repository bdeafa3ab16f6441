/** Looks at what the desk depends on: mailboxes, the outbox, quarantine, readers of the log, an administrator. Changes nothing. */
import type pg from 'pg'
import { fail, type Line, ok, warn } from './finding.ts'

export async function checkDesk(client: pg.Client): Promise<Line[]> {
  return [
    await checkAdministrator(client),
    ...(await checkMailboxes(client)),
    await checkOutbox(client),
    await checkQuarantine(client),
    await checkReaders(client),
  ]
}

async function checkAdministrator(client: pg.Client): Promise<Line> {
  const n = await count(
    client,
    `select from member where administrator and disabled_at is null and (expires_at is null or expires_at > now())`,
  )
  if (n > 0) return ok('administrators', n === 1 ? 'there is one' : `there are ${n}`)
  return warn(
    'administrators',
    'nobody administers this Pond yet',
    'Open the link that "bin/pond link --first" prints.',
  )
}

async function checkMailboxes(client: pg.Client): Promise<Line[]> {
  const found = await client.query(
    `select address, receive_by, alert, alert_detail, paused_at, extract(epoch from now() - last_good_poll_at)::int as age
     from mailbox where removed_at is null and not sample order by address`,
  )
  if (found.rowCount === 0) return [warn('mailboxes', 'none is connected', 'Connect one in Settings, Mailboxes.')]
  return found.rows.map(row => {
    const about = `mailbox ${row.address}`
    if (row.paused_at) return warn(about, 'it is paused', 'Resume it in Settings, Mailboxes.')
    if (row.alert)
      return fail(
        about,
        `${row.alert}${row.alert_detail ? `: ${row.alert_detail}` : ''}`,
        'Open it in Settings, Mailboxes: the check there says what is wrong.',
      )
    if (row.receive_by !== 'imap')
      return ok(about, row.receive_by === 'listener' ? 'mail comes by SMTP' : 'filled by import')
    if (row.age === null)
      return warn(about, 'no mail was fetched yet', 'Is Pond running? Its first look takes a minute.')
    if (row.age > 900)
      return fail(
        about,
        `the last good look was ${Math.round(row.age / 60)} minutes ago`,
        'Is Pond running? The check in Settings, Mailboxes says more.',
      )
    return ok(about, `looked at ${row.age} seconds ago`)
  })
}

async function checkOutbox(client: pg.Client): Promise<Line> {
  const [row] = (
    await client.query(`select count(*) filter (where state in ('waiting', 'sending')) as waiting,
      count(*) filter (where state = 'uncertain') as uncertain, count(*) filter (where state = 'failed') as failed,
      coalesce(extract(epoch from now() - min(not_before) filter (where state in ('waiting', 'sending'))), 0)::int as age from outbox`)
  ).rows
  const says = `${row.waiting} waiting, ${row.uncertain} uncertain, ${row.failed} failed`
  if (row.age > 600)
    return fail(
      'outbox',
      `${says}; the oldest has waited ${Math.round(row.age / 60)} minutes`,
      'Check sending in Settings, Mailboxes.',
    )
  if (Number(row.uncertain) + Number(row.failed) > 0)
    return warn('outbox', says, 'Decide about them under Delivery problems on the desk.')
  return ok('outbox', says)
}

async function checkQuarantine(client: pg.Client): Promise<Line> {
  const n = await count(client, `select from delivery where became = 'quarantined'`)
  if (n === 0) return ok('quarantine', 'empty')
  return warn(
    'quarantine',
    `${n} mails could not be read`,
    'Look at them under Quarantine on the desk: each has its reason and can be tried again.',
  )
}

async function checkReaders(client: pg.Client): Promise<Line> {
  const found = await client.query(
    `select r.name, (select extract(epoch from now() - min(e.at))::int from event e where (e.transaction_id, e.seq) > (r.transaction_id, r.seq)) as behind
     from event_reader r order by 2 desc nulls last limit 1`,
  )
  const slowest = found.rows[0]
  if (!slowest || slowest.behind === null || slowest.behind < 60)
    return ok('readers', 'everything that happened has had its consequences')
  return warn(
    'readers',
    `"${slowest.name}" is ${slowest.behind} seconds behind`,
    'Is Pond running? Its log names what fails.',
  )
}

async function count(client: pg.Client, query: string): Promise<number> {
  return Number((await client.query(`select count(*) as n from (${query}) found`)).rows[0].n)
}
