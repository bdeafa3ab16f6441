/** When an answer is owed, for many chats at once: their teams' calendars and whose reply target counts. Reads only. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import type { Conversation, Times } from '../conversations/index.ts'
import { afterWorkingMinutes, calendarsOf, organisationTarget, targetOf } from '../promises/index.ts'

type Place = Pick<Conversation, 'id' | 'teamId' | 'customerId'>

export async function timesForMany(tx: Tx, places: readonly Place[], now: Date): Promise<Map<string, Times>> {
  const { rows } = await sql<{
    id: string
    calendarId: string
    replyWithin: number
    reopenDays: number
    own: number | null
  }>`
    select w.id, t.calendar_id, t.reply_within, t.reopen_days, ${organisationTarget('w.customerId')} as own
    from unnest(${places.map(each => each.id)}::uuid[], ${places.map(each => each.teamId)}::uuid[], ${places.map(each => each.customerId)}::uuid[]) as w(id, team_id, customer_id)
    join team t on t.id = w.team_id`.execute(tx)
  const calendars = await calendarsOf(tx, [...new Set(rows.map(row => row.calendarId))])
  return new Map(
    rows.map(row => {
      const target = targetOf({ organisations: [row.own], team: row.replyWithin })
      const replyDue = afterWorkingMinutes(calendars.get(row.calendarId)!, now, target.minutes)
      return [row.id, { now, replyDue, target: target.from, reopenDays: row.reopenDays }]
    }),
  )
}
