/** Who is there for somebody who writes now, and by when they have an answer: from the rota, the working calendar and the reply target. Promises nothing: a message does. */

import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Db, Tx } from '../../platform/db/index.ts'
import { type OnDuty, onDutyNow } from '../access/index.ts'
import { afterWorkingMinutes, calendarsOf, closesAt, organisationTarget, targetOf } from '../promises/index.ts'

export type Day = { day: string; holiday: string | null; stretches: { from: number; to: number }[] }
export type Presence = {
  mailboxId: string
  teamId: string
  team: string
  zone: string
  people: OnDuty[]
  /** the end of this stretch of working time; null: it is none now */
  until: Date | null
  replyBy: Date
  /** the next seven days, today first */
  days: Day[]
}

/** Through the mailbox that is named, else through the one that our own mail goes by; null while no mail can be sent. */
export async function presence(
  db: Db,
  asked: { mailboxId: string | null; personId: string | null },
  now: Date,
): Promise<Presence | null> {
  const { rows } = await sql<{
    mailboxId: string
    teamId: string
    team: string
    calendarId: string
    replyWithin: number
    own: number | null
  }>`
    select b.id as mailbox_id, t.id as team_id, t.name as team, t.calendar_id, t.reply_within,
      (select ${organisationTarget('person.id')} from person where person.id = ${asked.personId}::uuid) as own
    from mailbox b join team t on t.id = b.team_id
    where b.removed_at is null and b.paused_at is null and b.smtp is not null and t.archived_at is null
    order by b.id is not distinct from ${asked.mailboxId}::uuid desc, b.sample, coalesce(b.alert, '') like 'smtp-%', b.created_at limit 1`.execute(
    db,
  )
  const place = rows[0]
  if (!place) return null
  const [calendars, people, holidays] = await Promise.all([
    calendarsOf(db as unknown as Tx, [place.calendarId]),
    onDutyNow(db, place.teamId, now),
    holidaysOf(db, place.calendarId),
  ])
  const calendar = calendars.get(place.calendarId)!
  const { minutes } = targetOf({ organisations: [place.own], team: place.replyWithin })
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(calendar.zone).toPlainDate()
  return {
    ...{ mailboxId: place.mailboxId, teamId: place.teamId, team: place.team, zone: calendar.zone, people },
    until: closesAt(calendar, now),
    replyBy: afterWorkingMinutes(calendar, now, minutes),
    days: Array.from({ length: 7 }, (_, at) => {
      const day = today.add({ days: at })
      const holiday = holidays.get(day.toString()) ?? null
      const hours = calendar.hours.filter(each => each.weekday === day.dayOfWeek).sort((a, b) => a.from - b.from)
      return {
        day: day.toString(),
        holiday,
        stretches: holiday === null ? hours.map(({ from, to }) => ({ from, to })) : [],
      }
    }),
  }
}

async function holidaysOf(db: Db, calendarId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ day: string; name: string }>`
    select day::text, name from holiday where calendar_id = ${calendarId}::uuid`.execute(db)
  return new Map(rows.map(({ day, name }) => [day, name]))
}
