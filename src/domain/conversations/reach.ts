/** How a conversation's times and ways out stand: its team's calendar and targets, and the mailbox that sends for it. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { afterDays, afterWorkingMinutes, calendarsOf, daysToMonday, opensAfter } from '../promises/index.ts'
import type { Times } from './standing.ts'

export type TeamFacts = {
  teamName: string
  calendarId: string
  replyWithin: number
  followUpDays: number
  reopenDays: number
}

export async function teamFacts(tx: Tx, teamId: string): Promise<TeamFacts> {
  const { rows } =
    await sql<TeamFacts>`select name as team_name, calendar_id, reply_within, follow_up_days, reopen_days from team where id = ${teamId}::uuid`.execute(
      tx,
    )
  return rows[0]!
}

/** An automatic reply promise made for something that arrived at `from`. */
export async function timesFor(tx: Tx, teamId: string, now: Date, from = now): Promise<Times> {
  const team = await teamFacts(tx, teamId)
  const calendar = (await calendarsOf(tx, [team.calendarId])).get(team.calendarId)!
  return { now, replyDue: afterWorkingMinutes(calendar, from, team.replyWithin), reopenDays: team.reopenDays }
}

/** What the composer offers before anybody chooses. */
export async function suggestedTimes(tx: Tx, teamId: string, now: Date) {
  const team = await teamFacts(tx, teamId)
  const calendar = (await calendarsOf(tx, [team.calendarId])).get(team.calendarId)!
  return {
    getBackAt: afterWorkingMinutes(calendar, now, team.replyWithin),
    askAgainAt: afterDays(calendar, now, 3),
    followUpAt: afterDays(calendar, now, team.followUpDays),
  }
}

/** When the team begins to work: on the next day that it works, and on the next Monday or after it. */
export async function mornings(tx: Tx, teamId: string, now: Date) {
  const team = await teamFacts(tx, teamId)
  const calendar = (await calendarsOf(tx, [team.calendarId])).get(team.calendarId)!
  return { next: opensAfter(calendar, now, 1), monday: opensAfter(calendar, now, daysToMonday(calendar, now)) }
}

export type Sender = { id: string; address: string; fromName: string }

/** The mailbox the conversation came through, else its team's first that can send. */
export async function senderFor(
  tx: Tx,
  conversation: { mailboxId: string | null; teamId: string },
): Promise<Sender | null> {
  const { rows } = await sql<Sender>`
    select id, address, from_name from mailbox where removed_at is null and smtp is not null and (id = ${conversation.mailboxId}::uuid or team_id = ${conversation.teamId}::uuid)
    order by id is not distinct from ${conversation.mailboxId}::uuid desc, created_at limit 1`.execute(tx)
  return rows[0] ?? null
}

export async function needSender(tx: Tx, conversation: { mailboxId: string | null; teamId: string }): Promise<Sender> {
  const sender = await senderFor(tx, conversation)
  if (!sender) throw new Refusal('no-mailbox', 409)
  return sender
}
