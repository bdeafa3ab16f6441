/** A draft from a conversation, for everybody who will ask it: their question and our last answer, without what is theirs alone. Whoever reads it says yes before anything is kept. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { articleFromConversation, heldBackKinds } from '../../contract/knowledge-around.ts'
import type { Db } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { escaped } from '../../platform/mail/reading/written.ts'
import { inSightOf, installation, type Member } from '../access/index.ts'
import { type HeldBackKind, heldBackFrom } from '../questions/index.ts'
import { articleWordsIn } from './words.ts'

type Row = { subject: string; language: string | null; question: string | null; answer: string | null; names: string[] }
const longest = 20_000
const kinds: readonly (typeof heldBackKinds)[number][] = [
  'name',
  'address',
  'link',
  'account',
  'phone',
  'number',
  'greeting',
]
const answered = /^(?:\s*(?:re|aw|sv|wg|fw|fwd|tr|rv|رد)\s*(?:\[\d+\])?\s*[:：])+\s*/i

export async function draftFrom(
  db: Db,
  actor: Member,
  conversationId: string,
): Promise<z.input<typeof articleFromConversation.output>> {
  const said = sql`left(coalesce(m.trimmed, m.body_text), ${longest}::int)`
  const { rows } = await sql<Row>`
    select c.subject, coalesce((select m.language from message m where m.conversation_id = c.id and m.kind = 'message' and m.language is not null order by m.at limit 1), c.language) as language,
      (select ${said} from message m where m.conversation_id = c.id and m.kind in ('message', 'call') and m.taken_back_at is null order by m.at, m.id limit 1) as question,
      (select ${said} from message m where m.conversation_id = c.id and m.kind = 'reply' and m.taken_back_at is null order by m.at desc, m.id desc limit 1) as answer,
      array(select p.name from person p where p.id = c.customer_id or p.id in (select person_id from participant where conversation_id = c.id)
        or p.id in (select author_id from message where conversation_id = c.id)
        union select o.name from membership b join organisation o on o.id = b.organisation_id where b.person_id = c.customer_id) as names
    from conversation c where c.id = ${conversationId}::uuid and ${inSightOf(actor, 'c')}`.execute(db)
  const row = rows[0]
  if (!row) throw absent()
  const here = await installation(db)
  const language = (row.language ?? here.language).toLowerCase().split('-')[0]!
  const say = articleWordsIn(language)
  const held = new Map<string, { is: HeldBackKind; was: string; times: number }>()
  const instead = (is: HeldBackKind, was: string) => {
    const key = `${is} ${was.toLowerCase()}`
    const before = held.get(key)
    held.set(key, { is, was: was.slice(0, 200), times: (before?.times ?? 0) + 1 })
    return `\u0001${kinds.indexOf(is)}\u0002`
  }
  const paragraphs = (text: string | null) => withoutSigning(heldBackFrom(plainOf(text), row.names, instead).paragraphs)
  const marked = (text: string) =>
    escaped(text).replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they stand for what was held back, and in no text
      /\u0001(\d)\u0002/g,
      (_, at: string) => `<mark>[${escaped(say(`heldBack.${kinds[Number(at)]}`))}]</mark>`,
    )
  const html = (text: string | null) =>
    paragraphs(text)
      .map(each => `<p>${marked(each).replaceAll('\n', '<br>')}</p>`)
      .join('')
  const question = html(row.question)
  const answer = html(row.answer)
  const title = heldBackFrom(plainOf(row.subject.replace(answered, '')), row.names, (is, was) => {
    instead(is, was)
    return '…'
  }).paragraphs.join(' ')
  return {
    title: title.slice(0, 200),
    body: `<h2>${escaped(say('draft.question'))}</h2>${question || '<p></p>'}<h2>${escaped(say('draft.answer'))}</h2>${answer || '<p></p>'}`,
    language,
    heldBack: [...held.values()],
  }
}

/** A name of several words is one name; where nothing but names is left, somebody had signed. */
function withoutSigning(paragraphs: readonly string[]): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they stand for what was held back, and in no text
  const each = paragraphs.map(paragraph => paragraph.replace(/(\u0001\d\u0002)(?:[ \t]+\1)+/g, '$1'))
  const signed = `\u0001${kinds.indexOf('name')}\u0002`
  while (each.at(-1)?.trim() === signed) each.pop()
  return each
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: our own signs stand in no text of theirs
const plainOf = (text: string | null) => (text ?? '').replace(/[\u0001\u0002]/g, '')
