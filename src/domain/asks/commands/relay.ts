/** Relaying an answer: words to begin the reply with, with credit, in the customer's language. Sends nothing; the reply is the owner's own. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { changeAsk, openAsk } from '../tables.ts'
import { relayingWords } from '../words.ts'

export async function relay(tx: Tx, actor: Member, input: { askId: string; introduce: boolean }) {
  const { ask, conversation, is } = await openAsk(tx, actor, input.askId)
  if (!is.asker) throw new Refusal('not-yours', 403)
  if (ask.answeredAt === null) throw new Refusal('not-answered', 409)
  const { rows } = await sql<{
    text: string
    name: string | null
    expert: string
    customer: string
    address: string | null
  }>`
    select coalesce(m.trimmed, m.body_text) as text, p.name, e.name as expert, cu.name as customer, d.written as address
    from ask a join person e on e.id = a.expert_id left join address d on d.id = a.address_id join person cu on cu.id = ${conversation.customerId}::uuid
      cross join lateral (select * from ask_message where ask_id = a.id and kind = 'answer' order by at desc, id desc limit 1) m left join person p on p.id = m.author_id
    where a.id = ${ask.id}::uuid`.execute(tx)
  const found = rows[0]
  if (!found) throw new Refusal('not-answered', 409)
  await changeAsk(tx, ask.id, { relayingId: actor.personId })
  const name = shown(found.name) ?? shown(found.expert) ?? relayingWords(conversation.language, 'somebody', {})
  const gaps = { name, customer: firstOf(found.customer) }
  const say = (key: string) => relayingWords(conversation.language, key, gaps)
  const copy = input.introduce && found.address ? { name: shown(found.expert) ?? '', address: found.address } : null
  const quoted = found.text
    .slice(0, 20_000)
    .trim()
    .split(/\n{2,}/)
  const body = [
    ...(gaps.customer ? [say('greeting')] : []),
    say('asked'),
    ...quoted,
    ...(copy ? [say('introduces')] : []),
  ]
  return { body: body.map(paragraph).join(''), copy }
}

/** Who is known by an address only has no name to be credited by. */
const shown = (name: string | null) => (name && !name.includes('@') ? name : null)
const firstOf = (name: string) => (name.includes('@') ? '' : (name.split(' ')[0] ?? ''))

const paragraph = (text: string) =>
  `<p>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br>')}</p>`
