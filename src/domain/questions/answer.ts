/** An earlier answer, to begin a reply or a page with. Of somebody else's conversation it comes without what is theirs alone. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { earlierAnswer as contract } from '../../contract/questions.ts'
import type { Db } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { escaped } from '../../platform/mail/reading/written.ts'
import { inSightOf, type Member } from '../access/index.ts'
import { answerOf } from './asked-before.ts'
import { heldBackFrom } from './held-back.ts'

type Row = {
  same: boolean
  html: string | null
  text: string
  at: Date
  byId: string | null
  byName: string | null
  language: string | null
  outcome: string | null
  names: string[]
}

export async function earlierAnswer(
  db: Db,
  actor: Member,
  { conversationId, earlierId }: { conversationId: string; earlierId: string },
): Promise<z.input<typeof contract.output>> {
  const { rows } = await sql<Row>`
    select c.customer_id = here.customer_id as same, coalesce(a.trimmed_html, a.body_html) as html, coalesce(a.trimmed, a.body_text) as text, a.at,
      by.id as by_id, by.name as by_name, coalesce(a.language, c.language) as language, c.outcome,
      array(select p.name from person p where p.id = c.customer_id or p.id in (select person_id from participant where conversation_id = c.id)
        or p.id in (select author_id from message where conversation_id = c.id)) as names
    from conversation here join conversation c on c.id = ${earlierId}::uuid and c.id <> here.id join lateral ${answerOf} a on true left join person by on by.id = a.author_id
    where here.id = ${conversationId}::uuid and ${inSightOf(actor, 'here')} and ${inSightOf(actor, 'c')}`.execute(db)
  const row = rows[0]
  if (!row) throw absent()
  const { paragraphs, heldBack } = row.same
    ? { paragraphs: row.text.split(/\n\s*\n/).filter(each => each.trim() !== ''), heldBack: 0 }
    : heldBackFrom(row.text, row.names)
  const html = paragraphs.map(each => `<p>${escaped(each.trim()).replaceAll('\n', '<br>')}</p>`).join('')
  return {
    html: row.same ? (row.html ?? html) : html,
    at: row.at.toISOString(),
    by: row.byId ? { id: row.byId, name: row.byName ?? '' } : null,
    language: row.language,
    verified: row.outcome === 'verified',
    heldBack,
  }
}
