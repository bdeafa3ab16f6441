/** When an answer is owed, for many chats at once: their teams' calendars and whose reply target counts. Reads only. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import type { Times } from '../conversations/index.ts'
import { afterWorkingMinutes, calendarsOf, organisationTarget, targetOf } from '../promises/index.ts'

type Place = { id: string; teamId: string; customerId: string }

export function timesForMany(tx: Tx, places: readonly Place[], now: Date): Promise<Map<string, Times>> {
  const column = (name: keyof Place) => places.map(each => each[name])
  const these = sql`unnest(${column('id')}::uuid[], ${column('teamId')}::uuid[], ${column('customerId')}::uuid[]) as w(id, team_id, customer_id)`
  return timesAt(tx, these, now)
}

/** The same for conversations as they stand. */
export const timesOfChats = (tx: Tx, ids: readonly string[], now: Date): Promise<Map<string, Times>> =>
  timesAt(tx, sql`(select id, team_id, customer_id from conversation where id = any(${ids}::uuid[])) w`, now)

async function timesAt(tx: Tx, places: RawBuilder<unknown>, now: Date): Promise<Map<string, Times>> {
  const { rows } = await sql<{
    id: string
    calendarId: string
    replyWithin: number
    reopenDays: number
    own: number | null
  }>`
    select w.id, t.calendar_id, t.reply_within, t.reopen_days, ${organisationTarget('w.customerId')} as own
    from ${places} join team t on t.id = w.team_id`.execute(tx)
  const calendars = await calendarsOf(tx, [...new Set(rows.map(row => row.calendarId))])
  return new Map(
    rows.map(row => {
      const target = targetOf({ organisations: [row.own], team: row.replyWithin })
      const replyDue = afterWorkingMinutes(calendars.get(row.calendarId)!, now, target.minutes)
      return [row.id, { now, replyDue, target: target.from, reopenDays: row.reopenDays }]
    }),
  )
}
