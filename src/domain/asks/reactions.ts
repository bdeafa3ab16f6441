/**
 * What asks do about what happens elsewhere, as a reader of the log: a reply carries an answer to the customer, the customer's
 * verdict reaches everyone who helped, and what was promised again belongs to its ask again.
 */
import { sql } from 'kysely'
import { builderOn, type Tx } from '../../platform/db/index.ts'
import { type LogEvent, type Reader, record } from '../../platform/events/index.ts'
import { systemActor } from '../access/index.ts'
import { tellExpert } from './commands/told.ts'
import { news } from './commands/write.ts'
import { carries } from './rules.ts'
import { changeAsk, openAsk, promisedAgain } from './tables.ts'

export function askReader(baseUrl: URL, clock: () => Date): Reader {
  return {
    name: 'asks',
    kinds: ['message.replied', 'message.taken-back', 'follow-up.judged', 'conversation.taken-back'],
    handle: async (client, events) => {
      const tx = builderOn(client)
      const asked = await withAsks(tx, events)
      for (const event of events) if (asked.has(event.subjectId ?? '')) await react(tx, baseUrl, event, clock())
    },
  }
}

/** Of these conversations those in which somebody was asked, here or before they were joined: most were never. */
async function withAsks(tx: Tx, events: readonly LogEvent[]): Promise<Set<string>> {
  const subjects = [...new Set(events.flatMap(each => each.subjectId ?? []))]
  if (subjects.length === 0) return new Set()
  const { rows } = await sql<{ root: string }>`
    with recursive here(root, id) as (select id, id from unnest(${subjects}::uuid[]) as s(id) union select here.root, c.id from conversation c join here on c.merged_into = here.id)
    select distinct here.root from here join ask a on a.conversation_id = here.id`.execute(tx)
  return new Set(rows.map(each => each.root))
}

export async function react(tx: Tx, baseUrl: URL, event: LogEvent, now: Date): Promise<void> {
  const { kind, subjectId, facts } = event
  if (!subjectId) return
  if (kind === 'message.replied') await relayed(tx, event)
  else if (kind === 'message.taken-back') await takenBack(tx, subjectId, facts.messageId)
  else if (kind === 'follow-up.judged') await judged(tx, baseUrl, subjectId, facts.verdict, now)
  else if (kind === 'conversation.taken-back') await promisedAgain(tx, family(subjectId))
}

const family = (conversationId: string) =>
  sql`a.conversation_id in (with recursive here(id) as (select ${conversationId}::uuid union select c.id from conversation c join here on c.merged_into = here.id) select id from here)`

type Waiting = {
  id: string
  expertId: string
  answeredAt: Date | null
  relayedAt: Date | null
  relayingId: string | null
  introduced: boolean
}

async function relayed(tx: Tx, { subjectId, actorId, facts, at }: LogEvent) {
  if (typeof facts.messageId !== 'string') return
  const { rows } = await sql<Waiting>`
    select a.id, a.expert_id, a.answered_at, a.relayed_at, a.relaying_id,
      exists (select from message m, jsonb_array_elements(m.recipients) r join address d on d.kind = 'mail' and d.normal = lower(r->>'address') where m.id = ${facts.messageId}::uuid and d.person_id = a.expert_id) as introduced
    from ask a where ${family(subjectId!)} and a.answered_at is not null and a.relayed_at is null for update of a`.execute(
    tx,
  )
  for (const ask of rows) {
    if (!carries(ask, { byId: actorId, at, answers: facts.state === 'solved' })) continue
    await sql`update ask set introduced_at = case when ${ask.introduced} then ${at}::timestamptz end where id = ${ask.id}::uuid`.execute(
      tx,
    )
    await changeAsk(tx, ask.id, { relayedAt: at, relayedBy: facts.messageId, relayingId: null })
    await happened(tx, 'ask.relayed', subjectId!, { askId: ask.id, introduced: ask.introduced }, actorId, at)
  }
}

async function takenBack(tx: Tx, conversationId: string, messageId: unknown) {
  if (typeof messageId !== 'string') return
  await sql`update ask a set relayed_at = null, relayed_by = null, introduced_at = null where ${family(conversationId)} and a.relayed_by = ${messageId}::uuid`.execute(
    tx,
  )
}

const verdicts = ['worked', 'incomplete', 'wrong'] as const

/** Once for every ask whose answer the customer has had. Who has no account learns of it by mail. */
async function judged(tx: Tx, baseUrl: URL, conversationId: string, said: unknown, now: Date) {
  const verdict = verdicts.find(each => each === said)
  if (!verdict) return
  const { rows } = await sql<{ id: string; expertId: string; member: boolean }>`
    select a.id, a.expert_id, exists (select from member m where m.person_id = a.expert_id) as member from ask a
    where ${family(conversationId)} and a.answered_at is not null and a.relayed_at is not null and a.verdict is null order by a.id`.execute(
    tx,
  )
  for (const { id, expertId, member } of rows) {
    await sql`update ask set verdict = ${verdict}, judged_at = ${now} where id = ${id}::uuid`.execute(tx)
    await happened(tx, 'ask.judged', conversationId, { askId: id, verdict }, null, now)
    await tellExpert(tx, { askId: id, expertId, actorId: null, what: 'judged' }, now)
    if (!member)
      await news(
        tx,
        baseUrl,
        await openAsk(tx, systemActor('asks'), id),
        { author: null, about: 'judged', verdict },
        now,
      )
  }
}

async function happened(
  tx: Tx,
  kind: 'ask.relayed' | 'ask.judged',
  conversationId: string,
  facts: Record<string, unknown>,
  actorId: string | null,
  at: Date,
) {
  const { rows } = await sql<{ teamId: string; ownerId: string | null }>`
    select team_id, owner_id from conversation where id = ${conversationId}::uuid`.execute(tx)
  const place = rows[0]
  if (!place) return
  const scopes = place.ownerId ? [place.teamId, place.ownerId] : [place.teamId]
  await record(tx, { kind, subjectId: conversationId, actorId, scopes, facts: { ...facts, conversationId }, at })
}
