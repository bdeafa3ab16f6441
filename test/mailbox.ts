/** Rows that tests of channels stand on: a team with its fallback person, and a mailbox. */
import { randomUUID } from 'node:crypto'
import type { Pool } from '../src/platform/db/index.ts'

export async function mailboxForTests(
  pool: Pool,
  settings: {
    address?: string
    receiveBy?: string
    imap?: object | null
    smtp?: object | null
    startFrom?: string
  } = {},
): Promise<string> {
  const [person, calendar, team, mailbox] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const address = settings.address ?? `help-${mailbox.slice(0, 8)}@desk.example`
  await pool.query("insert into person (id, name) values ($1, 'Ana Kovačević')", [person])
  await pool.query('insert into member (person_id) values ($1)', [person])
  await pool.query("insert into calendar (id, name, zone) values ($1, 'Week', 'Europe/Amsterdam')", [calendar])
  await pool.query("insert into team (id, name, fallback_id, calendar_id) values ($1, 'Service', $2, $3)", [
    team,
    person,
    calendar,
  ])
  await pool.query(
    `insert into mailbox (id, team_id, address, normal, from_name, receive_by, imap, smtp, start_from)
      values ($1, $2, $3, lower($3), 'Lindqvist Espresso', $4, $5, $6, $7)`,
    [
      mailbox,
      team,
      address,
      settings.receiveBy ?? 'imap',
      settings.imap ?? null,
      settings.smtp ?? null,
      settings.startFrom ?? 'now',
    ],
  )
  return mailbox
}
