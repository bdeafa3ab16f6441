/**
 * A kind word about what they promised us: words to begin with, in their language, which somebody changes and sends. Nothing
 * reminds anybody by itself, and nobody is reminded twice within two days.
 */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { momentIn } from '../../channels/index.ts'
import { refuseIfPutAway, save } from '../commands/save.ts'
import type { Conversation } from '../tables.ts'
import { escaped, type Written } from '../text.ts'
import { openPromise, promiseView } from './door.ts'
import { standsAs } from './make.ts'
import { tell } from './tell.ts'
import { reminderWords } from './words.ts'

const restDays = 2

async function theirs(tx: Tx, actor: Member, promiseId: string) {
  const { promise, conversation } = await openPromise(tx, actor, promiseId)
  if (promise.direction !== 'theirs' || !conversation) throw new Refusal('not-theirs', 409)
  return { promise, conversation }
}

async function customerOf(tx: Tx, conversation: Conversation) {
  const { rows } = await sql<{ name: string; zone: string; language: string; address: string | null }>`
    select p.name, coalesce(p.zone, i.zone, 'UTC') as zone, coalesce(${conversation.language}::text, p.language, i.language, 'en') as language,
      (select a.written from participant t join address a on a.id = t.address_id where t.conversation_id = ${conversation.id}::uuid and t.role = 'customer' and a.kind = 'mail' limit 1) as address
    from person p left join installation i on true where p.id = ${conversation.customerId}::uuid`.execute(tx)
  return rows[0]!
}

/** A whole mail, and one line for the next reply. */
export async function preparedReminder(tx: Tx, actor: Member, promiseId: string, now: Date) {
  const { promise, conversation } = await theirs(tx, actor, promiseId)
  const customer = await customerOf(tx, conversation)
  const words = {
    name: customer.name.split(' ')[0] ?? '',
    words: promise.words.replace(/[.\s]+$/, ''),
    when: momentIn(promise.dueAt, now, customer.language, customer.zone),
    author: actor.name.split(' ')[0] ?? actor.name,
    lng: customer.language,
    context: promise.dueAt < now ? 'past' : undefined,
  }
  const say = (key: string) => reminderWords(key, words)
  return {
    body: ['greeting', 'asks', 'help', 'closing'].map(key => `<p>${escaped(say(key))}</p>`).join(''),
    line: say('line'),
    to: customer.address,
  }
}

export async function remind(tx: Tx, actor: Member, input: { promiseId: string; body: string | Written }, now: Date) {
  const { promise, conversation } = await theirs(tx, actor, input.promiseId)
  refuseIfPutAway(conversation)
  if (promise.remindedAt && now.getTime() - promise.remindedAt.getTime() < restDays * 86_400_000)
    throw new Refusal('reminded-lately', 409)
  const told = [{ words: promise.words, dueAt: promise.dueAt, ours: false }]
  const messageId = await tell(
    tx,
    actor,
    conversation,
    { said: input.body, told: promise.dueAt > now ? told : [], toCustomer: true },
    now,
  )
  await sql`update promise set reminded_at = ${now}, reminded_by = ${messageId}::uuid where id = ${promise.id}::uuid`.execute(
    tx,
  )
  await save(tx, conversation, {
    kind: 'promise.reminded',
    change: { ...standsAs(conversation), moves: { ends: [], makes: [] } },
    actor,
    now,
    facts: { promiseId: promise.id, messageId },
  })
  return { promise: await promiseView(tx, sql`p.id = ${promise.id}::uuid`, now), messageId }
}
