/** What customers say of themselves, and what they may take along: their details, and everything they see here as one file. */
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import yazl from 'yazl'
import type { Db, Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'
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

/** A zip: `data.json`, and the files of their conversations. Only what is theirs, not what was opened to them. */
export async function exportMine(db: Db, files: Files, customer: Customer, now: Date): Promise<Readable> {
  const { personId } = customer
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c where c.state in ('open', 'pending', 'solved', 'closed') and (c.customer_id = ${personId}::uuid
      or exists (select from participant p where p.conversation_id = c.id and p.person_id = ${personId}::uuid and p.role in ('customer', 'taking-part')))
    order by c.number limit ${mostConversations}`.execute(db)
  const zip = new yazl.ZipFile()
  const fill = async () => {
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
        promises,
      })
      for (const file of messages.flatMap(said => said.files)) {
        const sha256 = Buffer.from(file.sha256, 'hex')
        zip.addReadStreamLazy(named(file), { mtime: now }, give => give(null, files.stream(sha256)))
      }
    }
    const data = {
      madeAt: now.toISOString(),
      person: await detailsOf(db, personId),
      addresses: addresses.rows,
      conversations,
    }
    zip.addBuffer(Buffer.from(JSON.stringify(data, null, 2)), 'data.json', { mtime: now })
    zip.end()
  }
  fill().catch(error => (zip.outputStream as Readable).destroy(error))
  return zip.outputStream as Readable
}
