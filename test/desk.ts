/** Builders for tests that need a desk: an installation with members, a team, a calendar and a mailbox, and intake on it. */
import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Arrived } from '../src/domain/channels/index.ts'
import { startIntake } from '../src/domain/intake/index.ts'
import type { Db } from '../src/platform/db/index.ts'
import type { Nudges } from '../src/platform/events/index.ts'
import { openFiles } from '../src/platform/files/index.ts'
import { silentLog } from '../src/platform/log/log.ts'
import { startParser } from '../src/platform/mail/reading/parser.ts'
import { testDatabase } from './database.ts'

export const keys = [Buffer.alloc(32, 7)]

/** For tests that look by themselves instead of waiting. */
export const noNudges: Nudges = {
  send: () => {},
  listen: () => ({ ring: ms => new Promise(resolve => setTimeout(resolve, ms)), close: () => {} }),
  stop: async () => {},
}

export type World = Awaited<ReturnType<typeof aWorld>>

/** Ana leads and Bram serves in the team Workshop; mail to service@lindqvist.example comes there. */
export async function aWorld(db: Db) {
  const id = {
    ana: randomUUIDv7(),
    bram: randomUUIDv7(),
    team: randomUUIDv7(),
    calendar: randomUUIDv7(),
    mailbox: randomUUIDv7(),
  }
  await sql`insert into installation (id, name, zone) values (${randomUUIDv7()}, 'Lindqvist Espresso', 'Europe/Amsterdam')`.execute(
    db,
  )
  await sql`insert into person (id, name) values (${id.ana}, 'Ana Kovačević'), (${id.bram}, 'Bram de Wit')`.execute(db)
  await sql`insert into address (id, person_id, kind, written, normal, verified_at) values
    (${randomUUIDv7()}, ${id.ana}, 'mail', 'ana@lindqvist.example', 'ana@lindqvist.example', now()), (${randomUUIDv7()}, ${id.bram}, 'mail', 'bram@lindqvist.example', 'bram@lindqvist.example', now())`.execute(
    db,
  )
  await sql`insert into member (person_id) values (${id.ana}), (${id.bram})`.execute(db)
  await sql`insert into calendar (id, name, zone) values (${id.calendar}, 'Office', 'Europe/Amsterdam')`.execute(db)
  await sql`insert into calendar_hours select ${id.calendar}, d, 540, 1020 from generate_series(1, 5) d`.execute(db)
  await sql`insert into team (id, name, fallback_id, calendar_id) values (${id.team}, 'Workshop', ${id.ana}, ${id.calendar})`.execute(
    db,
  )
  await sql`insert into team_member (team_id, person_id, role) values (${id.team}, ${id.ana}, 'lead'), (${id.team}, ${id.bram}, 'teammate')`.execute(
    db,
  )
  await sql`insert into mailbox (id, team_id, address, normal, from_name, receive_by, smtp, plus_addressing)
    values (${id.mailbox}, ${id.team}, 'service@lindqvist.example', 'service@lindqvist.example', 'Lindqvist Espresso', 'listener', '{"host":"localhost","port":25,"security":"none","user":""}', true)`.execute(
    db,
  )
  return id
}

/** A database of its own with a desk in it and intake running; `take` takes raw mails in. */
export async function aDesk(options: { now?: Date } = {}) {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'pond-desk-'))
  const world = await aWorld(database.db)
  const parser = startParser({ children: 1 })
  const files = openFiles(folder)
  const clock = { now: options.now ?? new Date('2026-11-24T09:00:00Z') }
  const intake = startIntake({
    db: database.db,
    files,
    parser,
    log: silentLog(),
    nudges: noNudges,
    keys,
    clock: () => clock.now,
  })
  const take = (...mails: (string | Buffer | Partial<Arrived>)[]) =>
    intake.takeIn(
      mails.map(mail => ({
        mailboxId: world.mailbox,
        source: 'listener',
        arrivedAt: clock.now,
        backlog: false,
        ...(typeof mail === 'string' || Buffer.isBuffer(mail)
          ? { raw: Buffer.from(mail) }
          : { raw: Buffer.alloc(0), ...mail }),
      })),
    )
  return {
    ...database,
    world,
    clock,
    files,
    intake,
    take,
    async close() {
      await parser.stop()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A plain mail to the desk; header lines may be added or replaced. */
export function mail(
  about: { from?: string; to?: string; subject?: string; id?: string; text?: string; more?: string[] } = {},
): string {
  return [
    `From: ${about.from ?? 'Inês Carvalho <ines@saudade.example>'}`,
    `To: ${about.to ?? 'service@lindqvist.example'}`,
    `Subject: ${about.subject ?? 'The Faro trips the fuse every morning'}`,
    `Message-ID: <${about.id ?? randomUUIDv7()}@saudade.example>`,
    'Date: Tue, 24 Nov 2026 08:59:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    ...(about.more ?? []),
    '',
    about.text ?? 'Good morning. Every day when we switch the Faro on, the fuse goes. Is it safe to use it like that?',
    '',
  ].join('\r\n')
}
