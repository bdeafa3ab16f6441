/** Giving something away: at once within the allowance, by a lead's promise to decide beyond it. In a conversation it shows in its stream. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { decideGoodwill, GoodwillSettings, giveGoodwill, withdrawGoodwill } from '../../contract/goodwill.ts'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { changeSetting, leadsAnywhere, type Member, servesIn, visibleTeams } from '../access/index.ts'
import { type Conversation, openConversation, refuseIfPutAway, save, staysAsItIs } from '../conversations/index.ts'
import { afterDays, calendarsOf, type Moves, noMoves, writeMoves } from '../promises/index.ts'
import { leadsFor } from './queries.ts'
import { isWithin } from './rules.ts'
import {
  addGoodwill,
  allowanceOf,
  lockGiver,
  nameDecision,
  type Opened,
  openGoodwill,
  setAllowances,
  settleGoodwill,
  withdraw,
} from './tables.ts'

type Giving = z.output<typeof giveGoodwill.input>

/** Answers the id of what was granted or asked for. */
export async function give(tx: Tx, actor: Member, input: Giving, now: Date): Promise<string> {
  const { kind, minor, what, reason } = input
  const wrong = (path: string, says: string) => new Refusal('bad-shape', 400, { fields: [{ path, says }] })
  if (minor === 0 && (kind === 'credit' || kind === 'replacement')) throw wrong('minor', 'an amount is needed')
  const conversation = input.conversationId ? await openConversation(tx, actor, input.conversationId) : null
  if (conversation) refuseIfPutAway(conversation)
  const personId = conversation ? conversation.customerId : (input.personId ?? null)
  const organisationId = input.organisationId ?? null
  if (!personId && !organisationId) throw wrong('personId', 'a customer is needed')
  if (!conversation) await needParty(tx, personId, organisationId)
  await lockGiver(tx, actor.personId)
  const { left, currency } = await allowanceOf(tx, actor, now)
  const within = isWithin(minor, left)
  const leads = within ? [] : await leadsFor(tx, actor, conversation?.id ?? null, now)
  if (!within && leads.length === 0) throw new Refusal('nobody-to-ask', 409)
  if (!within && !input.ask) throw new Refusal('beyond-allowance', 409, { facts: { left, currency, leads } })
  const lead = input.ask?.leadId ? leads.find(each => each.id === input.ask?.leadId) : leads[0]
  if (!within && !lead) throw wrong('ask.leadId', 'leads no team that could decide this')
  const place = { conversationId: conversation?.id ?? null, teamId: conversation?.teamId ?? null }
  const of = { personId, organisationId, ...place, byId: actor.personId }
  const id = await addGoodwill(
    tx,
    { kind, minor, currency, what, reason, ...of, state: within ? 'granted' : 'asked' },
    now,
  )
  const makes = within
    ? []
    : [await decisionOf(tx, actor, { leadId: lead!.id, what, personId, organisationId, conversation }, now)]
  const made = await tell(tx, actor, conversation, {
    kind: within ? 'goodwill.granted' : 'goodwill.asked',
    moves: { ends: [], makes },
    facts: { goodwillId: id, kind, minor, currency, ...(lead ? { toId: lead.id } : {}) },
    now,
  })
  if (made[0]) await nameDecision(tx, id, made[0])
  return id
}

async function needParty(tx: Tx, personId: string | null, organisationId: string | null) {
  const { rows } = await sql<{
    there: boolean
  }>`select (${personId}::uuid is null or exists (select from person where id = ${personId}::uuid and merged_into is null))
    and (${organisationId}::uuid is null or exists (select from organisation where id = ${organisationId}::uuid)) as there`.execute(
    tx,
  )
  if (!rows[0]!.there) throw absent()
}

type Deciding = {
  leadId: string
  what: string
  personId: string | null
  organisationId: string | null
  conversation: Conversation | null
}

/** A lead decides within one working day. */
async function decisionOf(tx: Tx, actor: Member, it: Deciding, now: Date) {
  const { rows } = await sql<{ calendarId: string; relationshipId: string | null }>`
    select t.calendar_id, (select id from relationship where ${it.conversation ? sql`false` : it.personId ? sql`person_id = ${it.personId}::uuid` : sql`organisation_id = ${it.organisationId}::uuid`}) as relationship_id
    from team_member m join team t on t.id = m.team_id where m.person_id = ${it.leadId}::uuid and m.role = 'lead' and t.archived_at is null
    order by t.id = ${it.conversation?.teamId ?? null}::uuid desc nulls last, t.id limit 1`.execute(tx)
  const { calendarId, relationshipId } = rows[0]!
  const calendar = (await calendarsOf(tx, [calendarId])).get(calendarId)!
  const parties = { byPersonId: it.leadId, byTeamId: null, toPersonId: actor.personId }
  const said = {
    words: it.what,
    automatic: false,
    dueAt: afterDays(calendar, now, 1),
    told: false,
    notedBy: actor.personId,
  }
  return { kind: 'decision' as const, direction: 'inside' as const, ...parties, ...said, relationshipId }
}

type Telling = {
  kind: 'goodwill.granted' | 'goodwill.asked' | 'goodwill.declined' | 'goodwill.withdrawn'
  moves: Moves
  facts: Record<string, unknown>
  now: Date
}

async function tell(tx: Tx, actor: Member, conversation: Conversation | null, it: Telling): Promise<string[]> {
  const { kind, moves, facts, now } = it
  if (conversation) {
    const change = { ...staysAsItIs(conversation), moves }
    return (await save(tx, conversation, { kind, change, actor, now, facts })).made
  }
  const [made = []] = await writeMoves(tx, [{ conversationId: null, moves, toldBy: null, at: now }])
  const ended = moves.ends.map(({ id, how }) => ({ id, how }))
  const scopes = [actor.personId, ...visibleTeams(actor), facts.toId].filter(each => typeof each === 'string')
  await record(tx, {
    kind,
    subjectId: null,
    actorId: actor.personId,
    scopes,
    facts: { ...facts, made, ended },
    at: now,
  })
  return made
}

/** The door: for who may not read its conversation, or serves not in its team, there is nothing. */
async function opened(tx: Tx, actor: Member, id: string): Promise<{ it: Opened; conversation: Conversation | null }> {
  const found = await tx.selectFrom('goodwill').select('conversationId').where('id', '=', id).executeTakeFirst()
  if (!found) throw absent()
  // The conversation is locked before what was given in it, here as everywhere.
  const conversation = found.conversationId ? await openConversation(tx, actor, found.conversationId) : null
  const it = await openGoodwill(tx, id)
  if (!conversation && it.teamId && !servesIn(actor, it.teamId)) throw absent()
  return { it, conversation }
}

/** Whoever leads and sees it decides, but nobody their own. A no says why. */
export async function decide(
  tx: Tx,
  actor: Member,
  input: z.output<typeof decideGoodwill.input>,
  now: Date,
): Promise<void> {
  const { it: waiting, conversation } = await opened(tx, actor, input.goodwillId)
  if (!leadsAnywhere(actor) || waiting.byId === actor.personId) throw new Refusal('not-yours', 403)
  if (waiting.state !== 'asked') throw new Refusal('goodwill-decided', 409)
  if (!input.yes && !input.words)
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'words', says: 'a no needs a reason' }] })
  await settleGoodwill(tx, waiting.id, { yes: input.yes, by: actor.personId, words: input.words }, now)
  const facts = { goodwillId: waiting.id, kind: waiting.kind, toId: waiting.byId, decided: true }
  const moves = endOf(waiting, { how: 'kept', why: null })
  await tell(tx, actor, conversation, { kind: input.yes ? 'goodwill.granted' : 'goodwill.declined', moves, facts, now })
}

/** How the lead's promise to decide ends, where it is open still. */
function endOf({ promiseId }: Opened, end: { how: 'kept' | 'released'; why: string | null }): Moves {
  return promiseId ? { ends: [{ id: promiseId, ...end }], makes: [] } : noMoves
}

/** Whoever gave it or asked for it, or who leads there. Nothing is forgotten: it stands in the ledger with why, and no longer counts. */
export async function withdrawGiven(
  tx: Tx,
  actor: Member,
  input: z.output<typeof withdrawGoodwill.input>,
  now: Date,
): Promise<void> {
  const { it, conversation } = await opened(tx, actor, input.goodwillId)
  if (it.byId !== actor.personId && !leadsAnywhere(actor)) throw new Refusal('not-yours', 403)
  if (it.state !== 'granted' && it.state !== 'asked') throw new Refusal('goodwill-over', 409)
  const used = it.state === 'granted' && input.used
  await withdraw(tx, it.id, { by: actor.personId, words: input.words, used }, now)
  const facts = {
    ...{ goodwillId: it.id, kind: it.kind, minor: Number(it.minor), currency: it.currency },
    ...{ toId: it.byId, used, asked: it.state === 'asked' },
  }
  const moves = endOf(it, { how: 'released', why: 'not-needed' })
  await tell(tx, actor, conversation, { kind: 'goodwill.withdrawn', moves, facts, now })
}

type NewSettings = GoodwillSettings & { people: { memberId: string; minor: number }[] }

export async function setGoodwill(
  tx: Tx,
  actor: Member,
  { people, ...settings }: NewSettings,
  now: Date,
): Promise<void> {
  await setAllowances(tx, people)
  await changeSetting(tx, actor, { key: 'goodwill', settings, more: { people: people.length } }, now)
}
