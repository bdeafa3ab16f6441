/**
 * Where a new chat goes before anybody looks, as a new mail does: spam for blocked senders and what people taught, then rules,
 * then whoever gets what is new. Asks nothing where nothing was set up, and turns nobody away.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { type Happened, record } from '../../platform/events/index.ts'
import { onDuty } from '../access/index.ts'
import {
  activeRules,
  allowedNow,
  loadsOf,
  ownerOfNew,
  type Sorted,
  sorted,
  sorterOf,
  sortingState,
  writeMatches,
} from '../automation/index.ts'
import {
  blockedAmong,
  knownPeople,
  namesOf,
  needed,
  piecesOf,
  scoreOf,
  seenOf,
  thresholds,
  type Verdict,
  writeVerdicts,
} from '../spam/index.ts'

export type Fresh = {
  teamId: string
  personId: string
  name: string
  /** normal; '' where they gave none */
  address: string
  subject: string
  text: string
  language: string | null
  hasFiles: boolean
}
export type Suspicion = Pick<Verdict, 'why' | 'score' | 'words' | 'blockedId'>
export type Placed = {
  teamId: string
  ownerId: string | null
  /** in spam nobody is promised anything; what a rule lays aside nobody must answer */
  beginsAs: 'open' | 'aside' | 'spam'
  suspicion: Suspicion | null
  sorted: Sorted | null
  /** how the owner came to it, as the log says it */
  owned: { byRule: true } | { automatic: 'duty' | 'least-loaded' } | null
}

export async function placeOf(tx: Tx, it: Fresh, now: Date): Promise<Placed> {
  const state = await sortingState(tx)
  const nothing = { teamId: it.teamId, ownerId: null, sorted: null, owned: null }
  const suspicion = (state.blocks ? await blockedFor(tx, it.address, it.teamId) : null) ?? (await taught(tx, it, state))
  if (suspicion) return { ...nothing, beginsAs: 'spam', suspicion }
  const outcome = state.version > 0 ? await ruled(tx, it, now) : null
  const teamId = outcome?.teamId ?? it.teamId
  const done = { teamId, sorted: outcome, suspicion: null }
  if (outcome?.aside) return { ...done, ownerId: null, beginsAs: 'aside', owned: null }
  if (outcome?.ownerId) return { ...done, ownerId: outcome.ownerId, beginsAs: 'open', owned: { byRule: true } }
  return { ...done, ...(await givenOut(tx, teamId, now)), beginsAs: 'open' }
}

/** Whether somebody may not come in for this team; null: nobody said so. */
export async function blockedFor(tx: Tx, address: string, teamId: string): Promise<Suspicion | null> {
  if (address === '') return null
  const found = (await blockedAmong(tx, namesOf(address))).find(each => each.teamId === null || each.teamId === teamId)
  return found ? { why: 'blocked', score: null, words: [], blockedId: found.id } : null
}

/** Never of somebody we know. */
async function taught(tx: Tx, it: Fresh, state: Awaited<ReturnType<typeof sortingState>>): Promise<Suspicion | null> {
  if (!state.filter || state.spam < needed || state.ham < needed) return null
  if ((await knownPeople(tx, [it.personId])).size > 0) return null
  const pieces = piecesOf({ subject: it.subject, text: it.text, html: null, from: it.address })
  const told = scoreOf(pieces, await seenOf(tx, [...new Set(pieces)]), state)
  return told && told.score > thresholds[state.above] ? { why: 'taught', ...told, blockedId: null } : null
}

async function ruled(tx: Tx, it: Fresh, now: Date): Promise<Sorted | null> {
  const sorter = sorterOf(await activeRules(tx))
  if (sorter.rules.length === 0) return null
  const named = (what: 'teamId' | 'ownerId') => [...new Set(sorter.rules.flatMap(({ actions }) => actions[what] ?? []))]
  const allowed = await allowedNow(tx, { teamIds: named('teamId'), ownerIds: named('ownerId') }, now)
  const { address, name, subject, text, language, hasFiles } = it
  const facts = { mailboxId: null, from: address, fromName: name, to: [], subject, body: text, language }
  const may = {
    team: (id: string) => allowed.teams.has(id),
    owner: (id: string, teamId: string) => allowed.owners.has(`${id} ${teamId}`),
  }
  const outcome = sorted(sorter, { ...facts, hasAttachment: hasFiles }, it.teamId, may)
  return outcome.applied.length > 0 ? outcome : null
}

async function givenOut(tx: Tx, teamId: string, now: Date): Promise<Pick<Placed, 'ownerId' | 'owned'>> {
  const { rows } = await sql<{ assigns: 'off' | 'duty' | 'least-loaded'; duty: string | null }>`
    select t.assigns, ${onDuty('t.id', now)} as duty from team t where t.id = ${teamId}::uuid`.execute(tx)
  const team = rows[0]
  if (!team || team.assigns === 'off') return { ownerId: null, owned: null }
  const ownerId = ownerOfNew(team.assigns, (await loadsOf(tx, [teamId], now)).get(teamId) ?? [], team.duty)
  return { ownerId, owned: ownerId ? { automatic: team.assigns } : null }
}

/** What sorting leaves behind, once the conversation is written: tags and priority, why it lies in spam, and the events that tell of it. */
export async function writePlaced(tx: Tx, conversationId: string, it: Placed, now: Date): Promise<void> {
  const scopes = it.ownerId ? [it.teamId, it.ownerId] : [it.teamId]
  const about = { subjectId: conversationId, actorId: null, scopes, at: now }
  const told: Happened[] = []
  if (it.suspicion) {
    await writeVerdicts(tx, [{ conversationId, ...it.suspicion, at: now }])
    const { why, score, blockedId } = it.suspicion
    told.push({ ...about, kind: 'spam.suspected', facts: { why, score, blockedId } })
  }
  const applied = it.sorted?.applied ?? []
  await writeMatches(
    tx,
    applied.map(({ ruleId, tagIds, priority }) => ({ ruleId, conversationId, tagIds, priority, at: now })),
  )
  for (const one of applied) told.push({ ...about, kind: 'rule.applied', facts: { ...one } })
  if (it.ownerId && it.owned)
    told.push({ ...about, kind: 'conversation.owned', facts: { ownerId: it.ownerId, ...it.owned } })
  if (told.length > 0) await record(tx, ...told)
}
