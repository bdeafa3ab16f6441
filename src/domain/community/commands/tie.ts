/** Topics, conversations and articles tied together, and what each could begin with that the other already says. Personal details are held back. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { articleDraftFromTopic, topicFromConversation } from '../../../contract/community-ties.ts'
import type { NextStep } from '../../../contract/conversations.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { escaped, type Written } from '../../../platform/mail/reading/written.ts'
import { inSightOf, type Member } from '../../access/index.ts'
import { begin } from '../../conversations/index.ts'
import { articleWordsIn, draftFrom } from '../../knowledge/index.ts'
import { authorJson, insideAs, type RawAuthor, readableCategory, visibleTopic } from '../reading.ts'
import { openPost, openTopic } from '../tables.ts'
import { tell } from '../telling.ts'
import { authorOf } from '../views.ts'

/** The same holding back as for articles, in plain words, as they go into a post. */
export async function topicDraft(
  db: Db,
  actor: Member,
  conversationId: string,
): Promise<z.output<typeof topicFromConversation.output>> {
  const { title, body, language, heldBack } = await draftFrom(db, actor, conversationId)
  const parts = body.split(/<h2>[^<]*<\/h2>/).slice(1)
  const [question, answer] = [0, 1].map(at => plainOf(parts[at] ?? ''))
  return { title, body: question!, answer: answer!, language, heldBack }
}

function plainOf(html: string): string {
  return html
    .replace(/<br>/g, '\n')
    .replace(/<\/p>/g, '\n\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim()
}

export async function tieConversation(
  tx: Tx,
  actor: Member,
  it: { topicId: string; conversationId: string; is: 'from-conversation' | 'to-conversation'; postId: string | null },
  now: Date,
): Promise<void> {
  const { rows } =
    await sql`select from conversation c where c.id = ${it.conversationId}::uuid and ${inSightOf(actor, 'c')}`.execute(
      tx,
    )
  if (rows.length === 0) throw absent()
  await sql`insert into topic_tie (id, topic_id, post_id, kind, conversation_id, made_at) values (${randomUUIDv7()}, ${it.topicId}, ${it.postId}, ${it.is}, ${it.conversationId}, ${now}) on conflict do nothing`.execute(
    tx,
  )
  const facts = { is: it.is, conversationId: it.conversationId, postId: it.postId }
  await tell(tx, { kind: 'topic.tied', subjectId: it.topicId, as: insideAs(actor), facts }, now)
}

type Draft = { customer: { id: string; name: string }; hasAddress: boolean; subject: string; quoted: string }

export async function conversationDraft(db: Db, actor: Member, postId: string): Promise<Draft> {
  const as = insideAs(actor)
  const { rows } = await sql<{
    authorId: string | null
    byUs: boolean
    state: string
    name: string
    title: string
    html: string
    hasAddress: boolean
  }>`
    select po.author_id, po.by_us, po.state, p.name, t.title, po.html, exists (select from address a where a.person_id = p.id and a.kind = 'mail') as has_address
    from post po join topic t on t.id = po.topic_id join community_category c on c.id = t.category_id join post first on first.topic_id = t.id and first.number = 1 left join person p on p.id = po.author_id
    where po.id = ${postId}::uuid and po.state <> 'removed' and ${readableCategory(as)} and ${visibleTopic(as)}`.execute(
    db,
  )
  const row = rows[0]
  if (!row) throw absent()
  if (row.authorId === null || row.byUs) throw new Refusal('nobody-to-answer', 409)
  const quoted = `<p></p><blockquote>${row.html}</blockquote>`
  return { customer: { id: row.authorId, name: row.name }, hasAddress: row.hasAddress, subject: row.title, quoted }
}

type Answering = {
  postId: string
  teamId: string
  mailboxId: string | null
  subject: string
  body: Written
  nextStep: NextStep
  attachments: readonly string[]
}

export async function conversationFrom(tx: Tx, actor: Member, { postId, ...it }: Answering, now: Date) {
  const { topic, post } = await openPost(tx, insideAs(actor), postId)
  if (post.authorId === null || post.byUs) throw new Refusal('nobody-to-answer', 409)
  const begun = await begin(tx, actor, { is: 'written', cc: [], customer: { personId: post.authorId }, ...it }, now)
  await tieConversation(
    tx,
    actor,
    { topicId: topic.id, conversationId: begun.conversationId, is: 'to-conversation', postId: post.id },
    now,
  )
  return begun
}

type Row = {
  title: string
  language: string
  number: number
  html: string
  steps: { html: string }[]
  author: RawAuthor
  accepted: boolean
  asks: boolean
}

/** The first post, and the answer that was accepted; whoever gave it is thanked, else whoever wrote the practice. */
export async function articleDraft(
  db: Db,
  actor: Member,
  topicId: string,
): Promise<z.output<typeof articleDraftFromTopic.output>> {
  const as = insideAs(actor)
  const { rows } = await sql<Row>`
    select t.title, t.language, po.number, po.html, po.steps, ${authorJson()} as author, t.accepted_id is not distinct from po.id as accepted, t.kind <> 'practice' as asks
    from topic t join community_category c on c.id = t.category_id join post first on first.topic_id = t.id and first.number = 1
      join post po on po.topic_id = t.id and (po.number = 1 or po.id = t.accepted_id)
    where t.id = ${topicId}::uuid and po.state = 'standing' and ${readableCategory(as)} and ${visibleTopic(as)} order by po.number`.execute(
    db,
  )
  const first = rows.find(row => row.number === 1)
  if (!first) throw absent()
  const answer = rows.find(row => row.accepted && row.number > 1)
  const say = articleWordsIn(first.language)
  const steps =
    first.steps.length > 0 ? `<ol data-steps>${first.steps.map(step => `<li>${step.html}</li>`).join('')}</ol>` : ''
  const body = first.asks
    ? `<h2>${escaped(say('draft.question'))}</h2>${first.html}<h2>${escaped(say('draft.answer'))}</h2>${answer?.html ?? '<p></p>'}`
    : `${first.html}${steps}`
  const from = first.asks ? answer : first
  return {
    ...{ title: first.title, body, language: first.language },
    credits: from && !from.author.us && from.author.id ? authorOf(from.author, as) : null,
  }
}

type Tying = { topicId: string; articleId: string; is: 'article' | 'goes-with'; postId: string | null }

export async function tieArticle(tx: Tx, actor: Member, it: Tying, now: Date): Promise<string> {
  const as = insideAs(actor)
  const topic = await openTopic(tx, as, it.topicId)
  const { rows } = await sql`select from article where id = ${it.articleId}::uuid for share`.execute(tx)
  if (rows.length === 0) throw absent()
  let postId = it.postId
  if (postId) {
    const found = await openPost(tx, as, postId)
    if (found.topic.id !== topic.id) throw absent()
  } else if (it.is === 'article') postId = await helpedMost(tx, topic.id)
  await sql`insert into topic_tie (id, topic_id, post_id, kind, article_id, made_at) values (${randomUUIDv7()}, ${topic.id}, ${postId}, ${it.is}, ${it.articleId}, ${now})
    on conflict (topic_id, article_id) where article_id is not null do update set kind = excluded.kind, post_id = excluded.post_id`.execute(
    tx,
  )
  await tell(
    tx,
    { kind: 'topic.tied', subjectId: topic.id, as, facts: { is: it.is, articleId: it.articleId, postId } },
    now,
  )
  return topic.id
}

/** The accepted answer, else the first post. */
async function helpedMost(tx: Tx, topicId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(t.accepted_id, po.id) as id from topic t join post po on po.topic_id = t.id and po.number = 1 where t.id = ${topicId}::uuid`.execute(
    tx,
  )
  return rows[0]?.id ?? null
}

/** A tie one does not see is none. */
export async function untie(tx: Tx, actor: Member, tieId: string, now: Date): Promise<void> {
  const { rows } = await sql<{ topicId: string }>`
    delete from topic_tie k where k.id = ${tieId}::uuid and (k.article_id is not null or exists (select from conversation c where c.id = k.conversation_id and ${inSightOf(actor, 'c')})) returning topic_id`.execute(
    tx,
  )
  if (!rows[0]) throw absent()
  await tell(tx, { kind: 'topic.untied', subjectId: rows[0].topicId, as: insideAs(actor), facts: { tieId } }, now)
}
