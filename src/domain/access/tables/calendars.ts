/** Working calendars: written whole, as their form is saved. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Hours } from '../rules.ts'

export type CalendarRow = {
  id: string
  name: string
  zone: string
  hours: readonly Hours[]
  holidays: readonly { day: string; name: string }[]
}

/** Makes it, or replaces all of it. */
export async function saveCalendarRow(tx: Tx, calendar: CalendarRow): Promise<void> {
  const { id, name, zone } = calendar
  await tx
    .insertInto('calendar')
    .values({ id, name, zone })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ name, zone }))
    .execute()
  await tx.deleteFrom('calendarHours').where('calendarId', '=', id).execute()
  await tx.deleteFrom('holiday').where('calendarId', '=', id).execute()
  await sql`insert into calendar_hours (calendar_id, weekday, from_minute, to_minute)
    select ${id}::uuid, weekday, "from", "to" from jsonb_to_recordset(${JSON.stringify(calendar.hours)}::jsonb)
      as h(weekday smallint, "from" smallint, "to" smallint)`.execute(tx)
  await sql`insert into holiday (calendar_id, day, name)
    select ${id}::uuid, day, name from jsonb_to_recordset(${JSON.stringify(calendar.holidays)}::jsonb) as h(day date, name text)`.execute(
    tx,
  )
}

/** The teams that work by it; null when there is no such calendar. Holds it until the end of the transaction. */
export async function openCalendar(tx: Tx, calendarId: string): Promise<string[] | null> {
  const held = await tx.selectFrom('calendar').select('id').where('id', '=', calendarId).forUpdate().executeTakeFirst()
  if (!held) return null
  const teams = await tx
    .selectFrom('team')
    .select('id')
    .where('calendarId', '=', calendarId)
    .where('archivedAt', 'is', null)
    .execute()
  return teams.map(team => team.id)
}
