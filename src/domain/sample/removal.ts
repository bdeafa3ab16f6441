/**
 * Takes the sample away: every row of every slice that belongs to it, in one transaction, which is why these statements
 * stand here together. What is not of the sample stays: whoever gave one of its people a task of their own keeps the
 * task, and a team that a real mailbox has moved into becomes an ordinary team.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { takeAround } from './around.ts'
import { takeCommunity } from './community-removal.ts'
import { takeKnowledge } from './knowledge-removal.ts'

const mailboxes = sql`(select id from mailbox where sample)`
const conversations = sql`(select id from conversation where sample)`
const people = sql`(select id from person where sample)`
const teams = sql`(select id from team where sample)`

/** Files that only the sample named go with the daily sweep. */
export async function takeAway(tx: Tx, heirId: string): Promise<void> {
  await takeConversations(tx)
  await takeCommunity(tx)
  await takeKnowledge(tx, heirId)
  await takeMailbox(tx)
  await takeAround(tx)
  await passOnTheRest(tx, heirId)
  await takeTeam(tx, heirId)
  await takePeople(tx)
}

async function takeConversations(tx: Tx) {
  await sql`delete from presence where conversation_id in ${conversations}`.execute(tx)
  await sql`delete from outbox where mailbox_id in ${mailboxes} or conversation_id in ${conversations}`.execute(tx)
  await sql`delete from delivery_report where delivery_id in (select id from delivery where mailbox_id in ${mailboxes})`.execute(
    tx,
  )
  await sql`delete from delivery where mailbox_id in ${mailboxes}`.execute(tx)
  await sql`delete from handover where conversation_id in ${conversations}`.execute(tx)
  await sql`update conversation set previous_id = null where previous_id in ${conversations} and not sample`.execute(tx)
  await sql`delete from conversation where sample`.execute(tx)
}

/** A conversation that is not of the sample but went through its mailbox keeps itself and loses the way out. */
async function takeMailbox(tx: Tx) {
  await sql`update conversation set mailbox_id = null where mailbox_id in ${mailboxes}`.execute(tx)
  await sql`delete from mailbox where sample`.execute(tx)
}

/** What somebody of the sample was given outside it: nobody's again, for its own team to take. */
async function passOnTheRest(tx: Tx, heirId: string) {
  await sql`update conversation set owner_id = null, version = version + 1 where owner_id in ${people}`.execute(tx)
  await sql`update promise set by_person_id = null, by_team_id = c.team_id from conversation c
    where c.id = promise.conversation_id and promise.direction = 'ours' and promise.ended_at is null and promise.by_person_id in ${people}`.execute(
    tx,
  )
  await sql`update team set fallback_id = ${heirId}::uuid where fallback_id in ${people} and not sample`.execute(tx)
  await sql`delete from duty where person_id in ${people}`.execute(tx)
  await sql`delete from draft where person_id in ${people}`.execute(tx)
  await sql`delete from saved_reply where owner_id in ${people}`.execute(tx)
  await sql`delete from sighting where person_id in ${people}`.execute(tx)
}

async function takeTeam(tx: Tx, heirId: string) {
  const { rows } = await sql<{ id: string; calendarId: string }>`
    update team set sample = false, fallback_id = ${heirId}::uuid where sample and (
      exists (select from mailbox m where m.team_id = team.id) or exists (select from conversation c where c.team_id = team.id))
    returning id, calendar_id`.execute(tx)
  if (rows.length > 0) {
    await sql`insert into team_member (team_id, person_id, role) select unnest(${rows.map(row => row.id)}::uuid[]), ${heirId}::uuid, 'lead'
      on conflict (team_id, person_id) do update set role = 'lead'`.execute(tx)
  }
  const gone = await sql<{ calendarId: string }>`select calendar_id from team where sample`.execute(tx)
  await sql`update promise set by_team_id = null where by_team_id in ${teams} and by_person_id is not null`.execute(tx)
  await sql`update promise set to_team_id = null where to_team_id in ${teams}`.execute(tx)
  await sql`update handover set to_team_id = c.team_id from conversation c where c.id = handover.conversation_id and to_team_id in ${teams}`.execute(
    tx,
  )
  await sql`delete from promise where id in (select decision_id from recurring_question where team_id in ${teams})`.execute(
    tx,
  )
  await sql`delete from custom_field where team_id in ${teams}`.execute(tx)
  await sql`delete from saved_reply where team_id in ${teams}`.execute(tx)
  await sql`delete from team where sample`.execute(tx)
  await sql`delete from calendar c where id = any(${gone.rows.map(row => row.calendarId)}::uuid[]) and not exists (select from team t where t.calendar_id = c.id)`.execute(
    tx,
  )
}

/** Somebody of the sample whom a real conversation names can't go without it: they stay, as an ordinary person without an account. */
async function takePeople(tx: Tx) {
  await sql`delete from team_member where person_id in ${people}`.execute(tx)
  const { rows } = await sql<{ id: string }>`select id from person where sample order by id`.execute(tx)
  for (const { id } of rows) {
    await sql`savepoint person`.execute(tx)
    try {
      await sql`delete from member where person_id = ${id}::uuid`.execute(tx)
      await sql`delete from person where id = ${id}::uuid`.execute(tx)
    } catch (error) {
      if ((error as { code?: string }).code !== '23503') throw error
      await sql`rollback to savepoint person`.execute(tx)
      await sql`update member set disabled_at = now() where person_id = ${id}::uuid`.execute(tx)
      await sql`update person set sample = false where id = ${id}::uuid`.execute(tx)
    }
    await sql`release savepoint person`.execute(tx)
  }
}
