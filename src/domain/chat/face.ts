/** What anybody may be told: who is there now, until when, and by when an answer comes. Names first names of those at their desks, and nobody who is away. */
import { sql } from 'kysely'
import type { ChatFace } from '../../contract/chat.ts'
import { accentFrom } from '../../contract/colour.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { installation, lookOf } from '../access/index.ts'
import { afterWorkingMinutes, calendarsOf, closesAt } from '../promises/index.ts'
import { type AtDesk, typicalMinutes, whoIsHere } from './rules.ts'
import type { Channel } from './tables.ts'
import { timesForMany } from './times.ts'

export async function faceOf(db: Db, channel: Channel, customerId: string | null, now: Date): Promise<ChatFace> {
  const tx = db as unknown as Tx
  const [house, look, people, team, minutes] = await Promise.all([
    installation(db),
    lookOf(db),
    atDesk(db, channel.teamId, now),
    teamOf(db, channel.teamId),
    lastHour(db, channel.teamId, now),
  ])
  const calendar = (await calendarsOf(tx, [team.calendarId])).get(team.calendarId)!
  const { here, until } = whoIsHere(people, closesAt(calendar, now), now)
  const own = customerId
    ? (await timesForMany(tx, [{ id: channel.id, teamId: channel.teamId, customerId }], now)).get(channel.id)
    : null
  const answerBy = own?.replyDue ?? afterWorkingMinutes(calendar, now, team.replyWithin)
  const colour = channel.accent ?? look.accent
  return {
    name: house.name,
    here,
    until: until?.toISOString() ?? null,
    answerBy: answerBy.toISOString(),
    minutes: here.length > 0 ? minutes : null,
    zone: calendar.zone,
    accent: colour ? accentFrom(colour) : null,
    phone: channel.phone ? { number: channel.phone, words: channel.phoneWords } : null,
  }
}

async function teamOf(db: Db, teamId: string): Promise<{ calendarId: string; replyWithin: number }> {
  const { rows } = await sql<{ calendarId: string; replyWithin: number }>`
    select calendar_id, reply_within from team where id = ${teamId}::uuid`.execute(db)
  return rows[0]!
}

/** Those who serve there, whose account is open, and who are not away. */
async function atDesk(db: Db, teamId: string, now: Date): Promise<AtDesk[]> {
  const { rows } = await sql<AtDesk>`
    select p.name, (select max(upper(d.during)) from duty d where d.team_id = r.team_id and d.person_id = r.person_id and d.during @> ${now}::timestamptz) as duty_until,
      (select max(s.last_seen_at) from session s where s.person_id = r.person_id and s.ended_at is null) as seen_at
    from team_member r join member m using (person_id) join person p on p.id = r.person_id
    where r.team_id = ${teamId}::uuid and r.role in ('lead', 'teammate') and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})
      and not exists (select from absence a where a.person_id = r.person_id and a.during @> ${now}::timestamptz)
    order by 3 desc nulls last, p.name limit 50`.execute(db)
  return rows
}

/** How long people really waited in chats of the last hour, in seconds. */
async function lastHour(db: Db, teamId: string, now: Date): Promise<number | null> {
  const { rows } = await sql<{ seconds: number }>`
    select extract(epoch from p.ended_at - p.made_at)::float8 as seconds from conversation c join promise p on p.conversation_id = c.id
    where c.team_id = ${teamId}::uuid and c.channel = 'chat' and c.last_at > ${now}::timestamptz - interval '1 hour'
      and p.kind = 'reply' and p.automatic and p.ended_how = 'kept' and p.ended_at > ${now}::timestamptz - interval '1 hour' limit 200`.execute(
    db,
  )
  return typicalMinutes(rows.map(row => row.seconds))
}
