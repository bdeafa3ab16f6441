/** What customers say of themselves, and what they may take along: their details, and everything they see here as one file. */
import type { Readable } from 'node:stream'
import { type RawBuilder, sql } from 'kysely'
import type { PromiseView } from '../../contract/promises.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { type Files, zipOut } from '../../platform/files/index.ts'
import { changePerson, setRefusal } from '../people/index.ts'
import { one } from './queries/one.ts'
import type { Customer } from './sessions.ts'

export type Details = {
  name: string
  language: string | null
  zone: string | null
  preferredChannel: 'mail' | 'phone' | 'visit' | 'chat' | null
  preferredWords: string | null
  quiet: boolean
}

export async function detailsOf(on: Db | Tx, personId: string): Promise<Details> {
  const { rows } = await sql<Details>`
    select name, language, zone, preferred_channel, preferred_words, no_unasked_since is not null as quiet from person where id = ${personId}::uuid`.execute(
    on,
  )
  return rows[0]!
}

export async function changeMine(tx: Tx, customer: Customer, wanted: Details, now: Date): Promise<void> {
  const before = await detailsOf(tx, customer.personId)
  const changed = (Object.keys(wanted) as (keyof Details)[]).filter(key => before[key] !== wanted[key])
  if (changed.length === 0) return
  const { quiet, ...about } = wanted
  await changePerson(tx, customer.personId, about)
  if (quiet !== before.quiet)
    await setRefusal(tx, customer.personId, quiet ? { since: now, by: customer.personId, said: null } : null)
  await record(tx, {
    ...{ kind: 'person.changed', subjectId: customer.personId, actorId: null, scopes: [], at: now },
    facts: { changed: changed.map(key => (key === 'quiet' ? 'noUnasked' : key)) },
  })
}

const mostConversations = 5000

/** `only`: over conversations as `c`, for somebody who may not read all of them. `beside`: what is theirs in what lies above this. */
type Taking = { personId: string; only?: RawBuilder<unknown>; beside?: Record<string, unknown> }

/** A zip: `data.json`, and the files of their conversations. Only what is theirs, not what was opened to them. */
export async function exportMine(db: Db, files: Files, of: Taking, now: Date): Promise<Readable> {
  const { personId, only } = of
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c where c.state in ('open', 'pending', 'solved', 'closed') and (c.customer_id = ${personId}::uuid
      or exists (select from participant p where p.conversation_id = c.id and p.person_id = ${personId}::uuid and p.role in ('customer', 'taking-part')))
      and ${only ?? sql`true`} order by c.number limit ${mostConversations}`.execute(db)
  return zipOut(files, async zip => {
    const addresses = await sql<{ kind: string; address: string; verifiedAt: Date | null }>`
      select kind, written as address, verified_at from address where person_id = ${personId}::uuid order by number`.execute(
      db,
    )
    const conversations: unknown[] = []
    for (const { id } of rows) {
      const found = await one(db, personId, id, now, { all: true })
      if (!found) continue
      const { messages, promises, followUp: _, mailbox: __, version: ___, own: ____, earlier: _____, ...head } = found
      const named = (file: { id: string; name: string }) =>
        `files/${found.number}/${file.id.slice(-8)}-${file.name.replace(/[/\\]/g, '_')}`
      conversations.push({
        ...head,
        messages: messages.map(({ files: attached, ...said }) => ({
          ...said,
          files: attached.map(file => ({
            name: file.name,
            mediaType: file.mediaType,
            bytes: file.bytes,
            in: named(file),
          })),
        })),
        promises: promises.map(told),
      })
      for (const file of messages.flatMap(said => said.files))
        zip.file(named(file), Buffer.from(file.sha256, 'hex'), now)
    }
    const data = {
      madeAt: now.toISOString(),
      person: await detailsOf(db, personId),
      addresses: addresses.rows,
      conversations,
      ...of.beside,
    }
    zip.words('data.json', JSON.stringify(data, null, 2), now)
  })
}

/** As their page says it: why it ended, and what colleagues said of that, is inside. */
function told({ kind, direction, by, words, madeAt, dueAt, toldAt, state, endedAt }: PromiseView) {
  return { kind, direction, by: by.name, words, madeAt, dueAt, toldAt, state, endedAt }
}
