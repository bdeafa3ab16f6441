/** How a conversation's times and ways out stand: its team's calendar and targets, and the mailbox that sends for it. */
import { sql } from 'kysely'
import type { PromiseTarget } from '../../contract/promises.ts'
import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import {
  afterDays,
  afterWorkingMinutes,
  calendarsOf,
  daysToMonday,
  opensAfter,
  organisationTarget,
  targetOf,
} from '../promises/index.ts'
import type { Times } from './standing.ts'

export type TeamFacts = {
  teamName: string
  calendarId: string
  replyWithin: number
  followUpDays: number
  reopenDays: number
}

/** Whom an answer is for, and who gives it: both may have a say in how long it takes. */
export type For = { teamId: string; customerId: string | null }

export async function teamFacts(tx: Tx, teamId: string): Promise<TeamFacts> {
  const { rows } =
    await sql<TeamFacts>`select name as team_name, calendar_id, reply_within, follow_up_days, reopen_days from team where id = ${teamId}::uuid`.execute(
      tx,
    )
  return rows[0]!
}

/** The team's facts, its calendar, and the reply target that counts for this customer. */
async function targetFor(tx: Tx, { teamId, customerId }: For) {
  const { rows } = await sql<TeamFacts & { own: number | null }>`
    select t.name as team_name, t.calendar_id, t.reply_within, t.follow_up_days, t.reopen_days,
      (select ${organisationTarget('p.id')} from person p where p.id = ${customerId}::uuid) as own
    from team t where t.id = ${teamId}::uuid`.execute(tx)
  const team = rows[0]!
  const calendar = (await calendarsOf(tx, [team.calendarId])).get(team.calendarId)!
  return { team, calendar, target: targetOf({ organisations: [team.own], team: team.replyWithin }) }
}

/** An automatic reply promise made for something that arrived at `from`. */
export async function timesFor(tx: Tx, whom: For, now: Date, from = now): Promise<Times & { target: PromiseTarget }> {
  const { team, calendar, target } = await targetFor(tx, whom)
  const replyDue = afterWorkingMinutes(calendar, from, target.minutes)
  return { now, replyDue, target: target.from, reopenDays: team.reopenDays }
}

/** What the composer offers before anybody chooses. */
export async function suggestedTimes(tx: Tx, whom: For, now: Date) {
  const { team, calendar, target } = await targetFor(tx, whom)
  return {
    getBackAt: afterWorkingMinutes(calendar, now, target.minutes),
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
