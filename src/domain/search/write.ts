/**
 * Writes the index rows of messages, in the transaction that writes the messages: one question and one statement for any
 * number. An acknowledgement has no row: it says nothing that anybody looks for.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { configurationOf } from './languages.ts'
import { type Part, placeLexemes, vectorOf } from './vector.ts'

export type Searched = {
  id: string
  conversationId: string
  kind: string
  at: Date
  subject: string | null
  bodyText: string
  authorRaw: string | null
  recipients: readonly { address: string; name: string }[]
  language: string | null
  files?: readonly string[] | undefined
}

type Around = {
  id: string
  teamId: string
  subject: string
  language: string | null
  customer: string
  addresses: string | null
}

export async function indexMessages(tx: Tx, messages: readonly Searched[]): Promise<void> {
  const found = messages.filter(each => each.kind !== 'acknowledgement')
  if (found.length === 0) return
  const around = await aroundOf(tx, [...new Set(found.map(each => each.conversationId))])
  const rows = found.flatMap(message => {
    const its = around.get(message.conversationId)
    if (!its) return []
    const vector = vectorOf(partsOf(message, its), placeLexemes(its.teamId, message.at))
    return [{ message, vector, configuration: configurationOf(message.language ?? its.language) }]
  })
  await sql`insert into message_search (message_id, conversation_id, inside, at, words)
    select id, conversation_id, inside, at, case when configuration is null then words::tsvector else words::tsvector || strip(to_tsvector(configuration::regconfig, to_stem)) end
    from unnest(${rows.map(row => row.message.id)}::uuid[], ${rows.map(row => row.message.conversationId)}::uuid[], ${rows.map(row => row.message.kind === 'note' || row.message.kind === 'forward')}::boolean[],
      ${rows.map(row => row.message.at)}::timestamptz[], ${rows.map(row => row.vector.words)}::text[], ${rows.map(row => row.vector.toStem)}::text[], ${rows.map(row => row.configuration)}::text[])
      as r(id, conversation_id, inside, at, words, to_stem, configuration)
    on conflict (message_id) do nothing`.execute(tx)
}

function partsOf(message: Searched, around: Around): Part[] {
  const subjects = [...new Set([around.subject, message.subject ?? ''])].join('\n')
  const people = [
    message.authorRaw ?? '',
    ...message.recipients.slice(0, 50).map(each => `${each.name} ${each.address}`),
    around.customer,
    around.addresses ?? '',
  ].join('\n')
  return [
    { weight: 'A', text: subjects },
    { weight: 'B', text: (message.files ?? []).slice(0, 200).join('\n') },
    { weight: 'B', text: people },
    { weight: 'D', text: message.bodyText },
  ]
}

async function aroundOf(tx: Tx, ids: string[]): Promise<Map<string, Around>> {
  const { rows } = await sql<Around>`
    select c.id, c.team_id, c.subject, coalesce(c.language, (select language from installation)) as language, p.name as customer,
      (select string_agg(a.written, ' ') from (select written from address where person_id = p.id order by number limit 5) a) as addresses
    from conversation c join person p on p.id = c.customer_id where c.id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(row => [row.id, row]))
}

/** Files that a message gets after it was written. */
export async function indexFiles(tx: Tx, files: readonly { messageId: string; name: string }[]): Promise<void> {
  const names = new Map<string, string[]>()
  for (const { messageId, name } of files) names.set(messageId, [...(names.get(messageId) ?? []), name])
  const vectors = [...names.values()].map(each => vectorOf([{ weight: 'B', text: each.join('\n') }], []).words)
  if (vectors.length === 0) return
  await sql`update message_search s set words = s.words || f.words::tsvector from unnest(${[...names.keys()]}::uuid[], ${vectors}::text[]) as f(id, words)
    where s.message_id = f.id`.execute(tx)
}
