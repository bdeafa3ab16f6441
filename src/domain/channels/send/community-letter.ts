/**
 * Mails of the community: what was said in topics somebody follows, read as the mail is made, and only as far as they may read
 * it at that moment. What they lost sight of meanwhile is quoted to nobody; when nothing is left there is no mail.
 */
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/index.ts'
import { communityMailWords } from '../../../words/community-mail.ts'
import type { Content } from '../outgoing.ts'
import type { Block, Letter } from './letter.ts'
import type { Claim } from './rows.ts'

type Told = Extract<Content, { is: 'community' }>
export type ToldPost = {
  outboxId: string
  topicId: string
  topicNumber: number
  slug: string
  title: string
  category: string
  number: number
  name: string | null
  byUs: boolean
  html: string
  words: string
  at: Date
  named: boolean
}

/** By the row of the outbox; none for those who may read nothing of it any more. */
export async function postsTold(db: Db, claims: readonly Claim[], now: Date): Promise<Map<string, ToldPost[]>> {
  const told = claims.flatMap(({ id, content }) => (content.is === 'community' ? [{ id, content }] : []))
  if (told.length === 0) return new Map()
  const wanted = told.flatMap(({ id, content }) =>
    content.postIds.map(post => ({ outbox: id, person: content.personId, post, language: content.language })),
  )
  const { rows } = await sql<ToldPost>`
    select w.outbox as outbox_id, t.id as topic_id, t.number as topic_number, t.slug, t.title, po.number,
      (select n.name from community_category_name n where n.category_id = c.id order by n.language = w.language desc, n.language limit 1) as category,
      coalesce(case when po.by_us then null else cp.shown_name end, case when position('@' in pe.name) = 0 and (po.by_us or not exists (select from person op join member om on om.person_id = op.id where lower(op.name) = lower(pe.name) and op.id <> pe.id and om.disabled_at is null)) then nullif(pe.name, '') end) as name, po.by_us,
      po.html || coalesce((select '<ol>' || string_agg('<li>' || (s->>'html') || '</li>', '' order by n) || '</ol>' from jsonb_array_elements(po.steps) with ordinality x(s, n)), '') as html,
      po.words || coalesce((select E'\n\n' || string_agg(n || '. ' || (s->>'words'), E'\n' order by n) from jsonb_array_elements(po.steps) with ordinality x(s, n)), '') as words, po.at,
      exists (select from post_mention m where m.post_id = po.id and m.person_id = w.person) as named
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(outbox uuid, person uuid, post uuid, language text)
      join post po on po.id = w.post join topic t on t.id = po.topic_id join community_category c on c.id = t.category_id
      left join person pe on pe.id = po.author_id left join community_person cp on cp.person_id = pe.id
    where po.state = 'standing' and t.state = 'standing' and (exists (select from member m where m.person_id = w.person and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})
        and (m.administrator or exists (select from team_member r join team rt on rt.id = r.team_id where r.person_id = m.person_id and r.role <> 'partner' and rt.archived_at is null))) or (not exists (select from community_setting where off)
      and (c.audience in ('public', 'signed-in') or (c.audience = 'organisation' and exists (select from community_category_organisation co join membership b on b.organisation_id = co.organisation_id
        join organisation o on o.id = b.organisation_id where co.category_id = c.id and b.person_id = w.person and b.left_at is null and b.suggested_at is null and o.archived_at is null)))))
    order by w.outbox, t.last_at desc, t.id, po.number`.execute(db)
  return Map.groupBy(
    rows.map(row => ({ ...row, topicNumber: Number(row.topicNumber) })),
    row => row.outboxId,
  )
}

type Parts = {
  posts: readonly ToldPost[]
  when: (at: string | Date) => string
  installation: string
  /** the mailbox takes what is answered */
  answers: boolean
  baseUrl: URL
}
type Draft = Pick<Letter, 'subject' | 'preview' | 'top' | 'blocks' | 'foot'>

const path = ({ topicNumber, slug, number }: ToldPost) =>
  `/help/community/t/${topicNumber}-${encodeURIComponent(slug)}${number > 1 ? `?at=${number}#p-${number}` : ''}`
const longestWords = 3000
const longestGathered = 300

export function communityLetter(content: Told, parts: Parts): Draft {
  return content.about === 'digest' ? gathered(content, parts) : eachPost(content, parts)
}

function eachPost(content: Told, { posts, when, installation, answers, baseUrl }: Parts): Draft {
  const t = communityMailWords(content.language)
  const first = posts[0]!
  const began = posts.length === 1 && first.number === 1
  const mentioned = content.via === 'mention'
  const lead = mentioned
    ? t('mention')
    : began
      ? t('began', { category: first.category })
      : t('new', { count: posts.length })
  const named = !mentioned && posts.some(each => each.named) ? [t('mentioned')] : []
  return {
    subject: began ? first.title : `Re: ${first.title}`,
    preview: first.words.slice(0, 140),
    top: t('top', { installation }),
    blocks: [
      { is: 'line', words: lead },
      ...named.map((words): Block => ({ is: 'line', words })),
      ...posts.flatMap((post): Block[] => [{ is: 'line', words: saidBy(t, post, when, installation) }, said(post)]),
      { is: 'link', label: t('open'), address: new URL(path(first), baseUrl).href },
    ],
    foot: [answers ? t('answer') : t('onPage'), because[content.via](t, first), installation],
  }
}

const because = {
  topic: t => t('because'),
  category: (t, { category }) => t('becauseCategory', { category }),
  mention: t => t('becauseMention'),
} satisfies Record<Told['via'], (t: Say, first: ToldPost) => string>

/** Longer ones are cut at their words: their form goes, nothing of a tag is left open. */
function said(post: ToldPost): Block {
  if (post.words.length <= longestWords) return { is: 'written', html: post.html, text: post.words }
  const text = `${post.words.slice(0, longestWords).toWellFormed()} …`
  const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return { is: 'written', html: `<p>${html.replaceAll('\n', '<br>')}</p>`, text }
}

function saidBy(t: Say, post: ToldPost, when: Parts['when'], installation: string): string {
  const name = post.name ?? t('somebody')
  return t(post.byUs ? 'us' : 'by', { name, when: when(post.at), installation })
}
type Say = ReturnType<typeof communityMailWords>

function gathered(content: Told, { posts, when, installation, baseUrl }: Parts): Draft {
  const t = communityMailWords(content.language)
  const topics = [...Map.groupBy(posts, post => post.topicId).values()]
  return {
    subject: t(`digest.subject_${content.rhythm ?? 'weekly'}`, { installation }),
    preview: topics
      .slice(0, 3)
      .map(([post]) => post!.title)
      .join(', '),
    top: t('top', { installation }),
    blocks: [
      { is: 'line', words: t('digest.line') },
      ...topics.flatMap((all): Block[] => {
        const post = all[0]!
        const what = `${post.category} · ${t('digest.posts', { count: all.length })}`
        const start = post.words.replace(/\s+/g, ' ').trim()
        const text = start.length > longestGathered ? `${start.slice(0, longestGathered).toWellFormed()} …` : start
        return [
          { is: 'link', label: post.title, what, address: new URL(path(post), baseUrl).href },
          { is: 'quote', head: saidBy(t, post, when, installation), text },
        ]
      }),
    ],
    foot: [t('becauseDigest'), installation],
  }
}
