/** From claimed rows to the raw mails: loads what stands beside them in one query each, and signs the addresses under which answers and bounces come back. */
import { sql } from 'kysely'
import type { Keys } from '../../../platform/config/keys.ts'
import type { Db } from '../../../platform/db/index.ts'
import type { Files } from '../../../platform/files/index.ts'
import { compose } from '../../../platform/mail/composing/compose.ts'
import { linkTo } from '../links.ts'
import { loopMark, type TokenPurpose, tokenAddress } from '../reply-token.ts'
import { postsTold, type ToldPost } from './community-letter.ts'
import { earlierOf, saidBefore, withEarlier } from './earlier.ts'
import { letterHtml, letterText } from './letter.ts'
import { type Beside, letterFor } from './letters.ts'
import type { Claim } from './rows.ts'

export type ComposeDeps = { db: Db; files: Files; keys: Keys; clock: () => Date; baseUrl: URL }

export type Composed = {
  claim: Claim
  raw: Buffer
  /** Where bounces go: for automatic mail the null path is tried before it. */
  returnPath: string
}

type Row = {
  outboxId: string
  address: string
  fromName: string
  plusAddressing: boolean
  installation: string
  installationId: string
  accent: string | null
  conversationNumber: number | null
  addressNumber: number | null
  askId: string | null
  askNumber: number | null
  html: string | null
  text: string | null
  quotedText: string | null
  quotedName: string | null
  quotedAt: Date | null
}

type File = {
  messageId: string
  name: string
  mediaType: string
  sha256: Buffer
  contentId: string | null
  inline: boolean
}

type All = {
  composed: Composed[]
  /** A row that cannot be composed is left out with its error: it is not the others' trouble. */
  spoiled: { claim: Claim; error: unknown }[]
  /** Nothing of it may be read by its recipient any more. */
  empty: Claim[]
}

export async function composeAll(claims: readonly Claim[], deps: ComposeDeps): Promise<All> {
  const rows = new Map((await besides(deps.db, claims)).map(row => [row.outboxId, row]))
  const files = new Map([...(await filesOf(deps.db, claims)), ...(await filesOfAsks(deps.db, claims))])
  const before = await saidBefore(deps.db, claims)
  const told = await postsTold(deps.db, claims, deps.clock())
  const composed: Composed[] = []
  const empty: Claim[] = []
  const spoiled: { claim: Claim; error: unknown }[] = []
  for (const claim of claims) {
    if (claim.content.is === 'community' && !told.has(claim.id)) {
      empty.push(claim)
      continue
    }
    try {
      const row = rows.get(claim.id)
      if (!row) throw new Error('what the mail is made of is gone')
      const earlier = earlierOf(claim)
      const enclosed = [...earlier, beyond(claim) ?? ''].flatMap(id => files.get(id) ?? [])
      const apart = { files: enclosed, told: told.get(claim.id) ?? [] }
      const whole = withEarlier(
        row,
        earlier.flatMap(id => before.get(id) ?? []),
        claim,
      )
      composed.push(await composeOne(claim, whole, apart, deps))
    } catch (error) {
      spoiled.push({ claim, error })
    }
  }
  return { composed, spoiled, empty }
}

type With = { files: readonly File[]; told: readonly ToldPost[] }

async function composeOne(claim: Claim, row: Row, { files, told }: With, deps: ComposeDeps): Promise<Composed> {
  const { content } = claim
  const signed = (purpose: TokenPurpose) => signedAddress(claim, row, purpose, deps.keys)
  const replyTo = signed(content.is === 'community' ? 'community' : row.askId === null ? 'reply' : 'ask')
  const beside = besideOf(claim, row, deps)
  if (content.is === 'community') beside.community = { posts: told, answers: replyTo !== null, baseUrl: deps.baseUrl }
  const letter = letterFor(content, beside)
  const leave = oneClick(claim, beside)
  const raw = await compose({
    from: { name: content.fromName ?? row.fromName, address: row.address },
    to: content.to.map(box),
    cc: content.cc.map(box),
    ...(replyTo ? { replyTo: { name: content.fromName ?? row.fromName, address: replyTo } } : {}),
    subject: letter.subject,
    messageId: bracketed(claim.rfcId),
    ...(content.inReplyTo ? { inReplyTo: bracketed(content.inReplyTo) } : {}),
    references: content.references.map(bracketed),
    date: deps.clock(),
    text: letterText(letter),
    html: letterHtml(letter, row.accent),
    ...(claim.automatic ? automaticMarks(claim, row, deps.keys) : {}),
    ...(leave ? { headers: leave } : {}),
    attachments: await Promise.all(
      files.map(async file => ({
        name: file.name,
        mediaType: file.mediaType,
        content: await deps.files.read(file.sha256),
        ...(file.inline && file.contentId ? { contentId: file.contentId } : {}),
      })),
    ),
  })
  return { claim, raw, returnPath: signed('return') ?? row.address }
}

/** RFC 8058: a mail program ends it without a page, by the same link as the foot's. Only what somebody subscribed to. */
function oneClick({ content }: Claim, { links }: Beside): Record<string, string> | null {
  const link = content.is === 'community' ? links.find(each => each.at === 'foot') : undefined
  if (!link) return null
  return { 'List-Unsubscribe': `<${link.address}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

function automaticMarks(claim: Claim, row: Row, keys: Keys) {
  const answers = claim.purpose === 'acknowledgement' || claim.purpose === 'oversize'
  return {
    automatic: answers ? ('auto-replied' as const) : ('auto-generated' as const),
    loop: loopMark(row.installationId, keys.replies),
  }
}

function signedAddress(claim: Claim, row: Row, purpose: TokenPurpose, keys: Keys): string | null {
  // An ask is a conversation of its own: what is signed for one opens nothing of the other.
  const topic = claim.content.is === 'community' ? claim.content.topic : null
  const [id, number] = topic
    ? [topic.id, topic.number]
    : row.askId === null
      ? [claim.conversationId, row.conversationNumber]
      : [row.askId, row.askNumber]
  if (!row.plusAddressing || id === null || number === null || row.addressNumber === null) return null
  return tokenAddress(
    row.address,
    {
      purpose,
      conversationId: id,
      conversationNumber: number,
      recipient: claim.recipientNormal,
      addressNumber: row.addressNumber,
    },
    keys.replies,
  )
}

function besideOf(claim: Claim, row: Row, deps: ComposeDeps): Beside {
  const now = deps.clock()
  return {
    links: linksOf(claim, row, deps),
    installation: row.installation,
    mailboxAddress: row.address,
    now,
    conversationNumber: row.conversationNumber,
    recipient: claim.recipient,
    message: row.text === null ? null : { html: forMail(row.html), text: row.text },
    quoted:
      row.quotedText === null ? null : { name: row.quotedName ?? '', text: row.quotedText, at: row.quotedAt ?? now },
  }
}

/** Nobody without an address of ours gets a link: it could not be held against anything. */
function linksOf(claim: Claim, { addressNumber }: Row, { keys, baseUrl }: ComposeDeps): Beside['links'] {
  if (addressNumber === null) return []
  return claim.content.links.map(({ purpose, subjectId, until, choice, ...shown }) => {
    const recipient = claim.recipientNormal
    const subject = { purpose, subjectId, addressNumber, recipient, until: new Date(until) }
    return { ...shown, address: linkTo(baseUrl, subject, keys.links, choice) }
  })
}

/** Pictures that came with the message are named by content id, remote ones by their address; the desk keeps both beside them. */
function forMail(html: string | null): string | null {
  return (
    html
      ?.replace(/<img\b[^>]*\bdata-cid="([^"<>]+)"[^>]*>/g, '<img src="cid:$1" alt="" style="max-width:100%;">')
      .replace(/(<img\b[^>]*?)\bdata-remote-src="/g, '$1src="') ?? null
  )
}

async function besides(db: Db, claims: readonly Claim[]): Promise<Row[]> {
  const quotes = claims.map(claim => ('quotes' in claim.content ? claim.content.quotes : null))
  const { rows } = await sql<Row>`
    select o.id as outbox_id, b.address, b.from_name, b.plus_addressing,
      coalesce(i.name, b.from_name) as installation, coalesce(i.id::text, '') as installation_id, i.settings #>> '{look,accent}' as accent,
      c.number as conversation_number, a.number as address_number,
      k.id as ask_id, k.number as ask_number, coalesce(m.body_html, km.body_html) as html, coalesce(m.body_text, km.body_text) as text,
      coalesce(q.trimmed, q.body_text) as quoted_text, coalesce(p.name, q.author_raw) as quoted_name, q.at as quoted_at
    from unnest(${claims.map(claim => claim.id)}::uuid[], ${quotes}::uuid[]) as w(id, quotes)
    join outbox o on o.id = w.id
    join mailbox b on b.id = o.mailbox_id
    left join installation i on true
    left join conversation c on c.id = o.conversation_id
    left join address a on a.id = o.address_id
    left join message m on m.id = o.message_id
    left join ask_message km on km.id = o.ask_message_id
    left join ask k on k.id = km.ask_id
    left join message q on q.id = w.quotes and q.conversation_id = o.conversation_id
    left join person p on p.id = q.author_id`.execute(db)
  return rows
}

async function filesOf(db: Db, claims: readonly Claim[]): Promise<Map<string, File[]>> {
  const ids = [
    ...new Set(claims.flatMap(claim => [...earlierOf(claim), ...(claim.messageId ? [claim.messageId] : [])])),
  ]
  if (ids.length === 0) return new Map()
  const rows: File[] = await db
    .selectFrom('attachment')
    .select(['messageId', 'name', 'mediaType', 'sha256', 'contentId', 'inline'])
    .where('messageId', 'in', ids)
    .orderBy('position')
    .execute()
  return Map.groupBy(rows, row => row.messageId)
}

/** What its files lie beside: the message, or the row itself where it is a question to an expert. */
const beyond = (claim: Claim) => (isQuestion(claim) ? claim.id : claim.messageId)
const isQuestion = ({ content }: Claim) => content.is === 'ask' && content.about === 'question'

/** By the row: what was chosen to go along with the question. What comes of it later carries nothing. */
async function filesOfAsks(db: Db, claims: readonly Claim[]): Promise<Map<string, File[]>> {
  const ids = claims.filter(isQuestion).map(claim => claim.id)
  if (ids.length === 0) return new Map()
  const { rows } = await sql<File>`
    select o.id as message_id, f.name, f.media_type, f.sha256, null as content_id, false as inline
    from outbox o join ask_file f on f.ask_message_id = o.ask_message_id where o.id = any(${ids}::uuid[]) order by f.position`.execute(
    db,
  )
  return Map.groupBy(rows, row => row.messageId)
}

function bracketed(id: string): string {
  return `<${id.trim().replace(/^<|>$/g, '')}>`
}

function box(shown: { name: string; address: string }) {
  return shown.name === ''
    ? { address: shown.address }
    : { name: shown.name.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '), address: shown.address }
}
