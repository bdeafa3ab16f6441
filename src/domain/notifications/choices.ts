/** How people want to hear of things: read for many at once, and changed by each for themselves. */
import { sql } from 'kysely'
import type { Choices } from '../../contract/notifications.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import type { Member } from '../access/index.ts'
import { choicesOver, differing, goesOut } from './rules.ts'

type Row = {
  personId: string
  name: string
  zone: string | null
  language: string | null
  kinds: Partial<Choices['kinds']> | null
  digestEvery: 'hour' | 'day' | null
  digestMinute: number
  quietFrom: number | null
  quietTo: number | null
  reachedOn: number[]
  pausedUntil: Date | null
  showsWords: boolean
}

export type Wanted = { name: string; zone: string; language: string; choices: Choices }

export async function choicesOf(on: Db | Tx, personIds: readonly string[]): Promise<Map<string, Wanted>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await sql<Row>`
    select p.id as person_id, p.name, coalesce(p.zone, i.zone, 'UTC') as zone, coalesce(p.language, i.language, 'en') as language,
      w.kinds, w.digest_every, w.digest_minute, w.quiet_from, w.quiet_to, w.reached_on, w.paused_until, w.shows_words
    from person p join member m on m.person_id = p.id left join installation i on true left join notification_choice w on w.person_id = p.id
    where p.id = any(${personIds}::uuid[])`.execute(on)
  return new Map(rows.map(row => [row.personId, wantedBy(row)]))
}

function wantedBy(row: Row): Wanted {
  const choices = row.digestEvery
    ? choicesOver({
        kinds: row.kinds as Choices['kinds'],
        digest: { every: row.digestEvery, minute: row.digestMinute },
        quiet: row.quietFrom !== null && row.quietTo !== null ? { from: row.quietFrom, to: row.quietTo } : null,
        reachedOn: row.reachedOn,
        pausedUntil: row.pausedUntil?.toISOString() ?? null,
        showsWords: row.showsWords,
      })
    : choicesOver({})
  return { name: row.name, zone: row.zone ?? 'UTC', language: row.language ?? 'en', choices }
}

/** What waits to go out follows the new choice at once. */
export async function chooseHow(tx: Tx, actor: Member, choices: Choices, now: Date): Promise<Choices> {
  const reachedOn = [...new Set(choices.reachedOn)].sort()
  const { quiet, digest } = choices
  await sql`insert into notification_choice (person_id, kinds, digest_every, digest_minute, quiet_from, quiet_to, reached_on, paused_until, shows_words)
    values (${actor.personId}, ${JSON.stringify(differing(choices.kinds))}::jsonb, ${digest.every}, ${digest.minute}, ${quiet?.from ?? null}, ${quiet?.to ?? null},
      ${reachedOn}::smallint[], ${choices.pausedUntil}::timestamptz, ${choices.showsWords})
    on conflict (person_id) do update set kinds = excluded.kinds, digest_every = excluded.digest_every, digest_minute = excluded.digest_minute,
      quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, reached_on = excluded.reached_on, paused_until = excluded.paused_until,
      shows_words = excluded.shows_words`.execute(tx)
  const wanted = (await choicesOf(tx, [actor.personId])).get(actor.personId)!
  await laterOrSooner(tx, actor.personId, wanted, now)
  await record(tx, {
    kind: 'member.changed',
    subjectId: actor.personId,
    actorId: actor.personId,
    scopes: [actor.personId],
    facts: { changed: ['notifications'] },
    at: now,
  })
  return wanted.choices
}

async function laterOrSooner(tx: Tx, personId: string, { choices, zone }: Wanted, now: Date) {
  const waiting = await tx
    .selectFrom('notification')
    .select(['id', 'kind', 'mailAt', 'pushAt'])
    .where('personId', '=', personId)
    .where('readAt', 'is', null)
    .where('kind', '<>', 'test')
    .where(eb => eb.or([eb('mailAt', 'is not', null), eb('pushAt', 'is not', null)]))
    .limit(1000)
    .execute()
  const moved = waiting.map(row => {
    const ways = goesOut(choices, row.kind as keyof Choices['kinds'], zone, now)
    return { id: row.id, mail_at: row.mailAt ? ways.mailAt : null, push_at: row.pushAt ? ways.pushAt : null }
  })
  if (moved.length === 0) return
  await sql`update notification n set mail_at = w.mail_at, push_at = w.push_at
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as w(id uuid, mail_at timestamptz, push_at timestamptz) where n.id = w.id`.execute(
    tx,
  )
}
