/** What colleagues have begun to write in a conversation: read by whoever reads it, as plain words, and never changed from here. */
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/index.ts'
import { roughText } from '../../../platform/mail/reading/roughHtml.ts'
import type { Member } from '../../access/index.ts'

/** Characters: enough to see what is meant. */
const most = 4000
/** A draft nobody has touched for so long tells nothing any more. */
const days = 30

export async function draftsOfOthers(db: Db, actor: Member, conversationId: string, now: Date) {
  const { rows } = await sql<{
    id: string
    name: string
    kind: 'reply' | 'note'
    body: string
    savedAt: Date
  }>`select p.id, p.name, d.kind, left(d.body, 40000) as body, d.saved_at from draft d join person p on p.id = d.person_id join member m on m.person_id = p.id
    where d.conversation_id = ${conversationId}::uuid and d.person_id <> ${actor.personId}::uuid and m.disabled_at is null
      and d.saved_at > ${new Date(now.getTime() - days * 86_400_000)} order by d.saved_at desc limit 20`.execute(db)
  return rows.map(({ id, name, kind, body, savedAt }) => {
    const text = roughText(body, most * 2).trim()
    return {
      person: { id, name },
      kind,
      text: text.slice(0, most).toWellFormed(),
      cut: text.length > most,
      savedAt: savedAt.toISOString(),
    }
  })
}
