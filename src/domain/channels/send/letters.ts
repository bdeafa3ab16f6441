/** Writes the letter for each purpose from the catalogue's words. Pure: shows nothing of a sender who is not verified, because the content then holds nothing of them (S14). */
import { mailLanguage, mailWords } from '../../../words/mail.ts'
import type { Content } from '../outgoing.ts'
import { askLetter } from './ask-letter.ts'
import { communityLetter, type ToldPost } from './community-letter.ts'
import type { Block, Letter } from './letter.ts'
import { momentIn, sizeIn, zoneName } from './moments.ts'
import { notification } from './told.ts'

/** What the rows beside the content say. */
export type Beside = {
  installation: string
  mailboxAddress: string
  now: Date
  conversationNumber: number | null
  recipient: string
  /** The message a person wrote. */
  message: { html: string | null; text: string } | null
  /** Made for this recipient alone. */
  links: { at: 'row' | 'foot'; label: string; what: string | null; heading: string | null; address: string }[]
  quoted: { name: string; text: string; at: Date } | null
  /** of the community: what the recipient may read of it now, whether answers reach it, and where it stands */
  community?: { posts: readonly ToldPost[]; answers: boolean; baseUrl: URL }
}

type Words = (key: string, gaps?: Record<string, unknown>) => string
type Told = { t: Words; when: (at: string | Date) => string; beside: Beside }

const longestQuote = 6000

export function letterFor(content: Content, beside: Beside): Letter {
  const language = mailLanguage(content.language)
  const t = mailWords(language)
  const zone = content.zone
  const told: Told = { t, beside, when: at => momentIn(new Date(at), beside.now, language, zone) }
  const drafted = draft(content, told)
  return {
    language,
    rightToLeft: language === 'ar',
    ...drafted,
    subject: oneLine(drafted.subject),
    blocks: withLinks(drafted.blocks, beside.links, content.linksNote),
    footLinks: beside.links.filter(each => each.at === 'foot'),
    foot: [...drafted.foot, t('zone', { zone: zoneName(beside.now, language, zone) })],
  }
}

type Draft = Pick<Letter, 'subject' | 'preview' | 'top' | 'blocks' | 'foot'>

function draft(content: Content, told: Told): Draft {
  switch (content.is) {
    case 'acknowledgement':
      return acknowledgement(content, told)
    case 'oversize':
      return oversize(content, told)
    case 'account':
      return account(content, told)
    case 'check':
      return check(content, told)
    case 'notification':
      return notification(content, told.beside)
    case 'community': {
      const { installation, community } = told.beside
      if (!community) throw new Error('nothing of the community stands beside this mail')
      return communityLetter(content, { ...community, when: told.when, installation })
    }
    case 'ask': {
      const { installation, message } = told.beside
      const said = message ?? { html: null, text: '' }
      return askLetter(content, { t: told.t, when: told.when, installation, message: said, paragraphs, quoted })
    }
    default:
      return written(content, told)
  }
}

/** Below the words and above the name of their writer. */
function withLinks(blocks: Block[], links: Beside['links'], note: string | null): Block[] {
  const rows = links.filter(each => each.at === 'row')
  if (rows.length === 0) return blocks
  const end = blocks.findIndex(({ is }) => is === 'signature' || is === 'signed' || is === 'quote')
  const shown = rows.flatMap(({ label, what, heading, address }): Block[] => [
    ...(heading ? [{ is: 'line' as const, words: heading }] : []),
    { is: 'link', label, what, address },
  ])
  if (note) shown.push({ is: 'line', words: note })
  return blocks.toSpliced(end < 0 ? blocks.length : end, 0, ...shown)
}

function acknowledgement(content: Extract<Content, { is: 'acknowledgement' }>, { t, when, beside }: Told): Draft {
  const { owner, team, number } = content
  const kind = owner === null ? 'Team' : ''
  const subject =
    content.subject === null
      ? t('acknowledgement.subjectNobody', { number })
      : t(`acknowledgement.subject${kind}`, { owner, number, subject: content.subject })
  const promise = t(`acknowledgement.answers${kind}`, { owner, when: when(content.dueAt) })
  return {
    subject,
    preview: promise,
    top: t('from.automatic', { installation: beside.installation }),
    blocks: [
      { is: 'line', words: hello(t, content.greets) },
      { is: 'line', words: t(`acknowledgement.here${kind}`, { owner, team }) },
      {
        is: 'promise',
        strong: promise,
        beneath: t(`acknowledgement.automatic${kind}`, { owner }),
        automatic: true,
      },
      { is: 'line', words: t('acknowledgement.tooLate') },
      ...quoted(t('acknowledgement.youWrote', { when: when(content.wroteAt) }), content.said),
    ],
    foot: [`${t('number', { number })} ${t('reply')}`, t('because', { address: beside.mailboxAddress })],
  }
}

/** A reply, a follow-up or a handover: a person's own words, and what was promised in them. */
function written(content: Written, { t, when, beside }: Told): Draft {
  const message = beside.message ?? { html: null, text: '' }
  const copied = content.cc.some(each => sameAddress(each.address, beside.recipient))
  const others = content.cc.filter(each => !sameAddress(each.address, beside.recipient))
  const number = beside.conversationNumber
  const names = others.map(each => each.name || each.address).join(', ')
  const quotedHead = beside.quoted
    ? t('written.quoted', { name: beside.quoted.name, when: when(beside.quoted.at) })
    : ''
  return {
    subject: content.subject ?? '',
    preview: message.text.slice(0, 140),
    top: content.author
      ? t('from.person', { name: content.author, installation: beside.installation })
      : t('from.installation', { installation: beside.installation }),
    blocks: [
      { is: 'written', html: message.html ?? paragraphs(message.text), text: message.text },
      ...(content.no ? refused(content.no) : []),
      ...content.told.map(each => promised(each, { t, when, beside })),
      ...signed(content, beside),
      ...quoted(quotedHead, beside.quoted?.text ?? null),
    ],
    foot:
      content.is === 'forward'
        ? [beside.installation]
        : [footOf(others.length > 0 ? names : null), beside.installation],
  }

  function footOf(names: string | null): string {
    const numbered = names === null ? t('number', { number }) : t('written.copied', { number, names })
    return [number === null ? '' : numbered, copied ? t('written.copiedBecause') : t('reply')].filter(Boolean).join(' ')
  }
}

type Written = Extract<Content, { signature: unknown }>

/** What the writer or their team put there; else a name and whom they write for. */
function signed({ signature, author }: Written, beside: Beside): Block[] {
  if (signature) return signature.text.trim() || signature.html ? [{ is: 'signed', ...signature }] : []
  return author ? [{ is: 'signature', name: author, beneath: beside.installation }] : []
}

/** A "no" in a person's own words, and what is offered instead or why there is nothing (I8). */
function refused(no: NonNullable<Written['no']>): Block[] {
  return [no.personalWord, no.alternative.words]
    .filter(Boolean)
    .map(text => ({ is: 'written', html: paragraphs(text), text }))
}

function promised(told: Written['told'][number], { t, when }: Told): Block {
  const by = { words: told.words, when: when(told.dueAt) }
  const strong = t(told.ours ? 'written.promise' : 'written.theirs', by)
  const beneath = told.againAt ? t('written.askAgain', { when: when(told.againAt) }) : null
  return { is: 'promise', strong, beneath, automatic: false }
}

function oversize(content: Extract<Content, { is: 'oversize' }>, { t, beside }: Told): Draft {
  const sizes = { bytes: sizeIn(content.bytes, content.language), limit: sizeIn(content.limit, content.language) }
  const words = t('oversize.words', sizes)
  return {
    subject: content.subject === null ? t('oversize.subject') : t('oversize.subjectOf', { subject: content.subject }),
    preview: words,
    top: t('from.automatic', { installation: beside.installation }),
    blocks: [
      { is: 'line', words: hello(t, null) },
      { is: 'line', words },
      { is: 'line', words: t('oversize.instead') },
    ],
    foot: [
      ...(content.number === null ? [] : [t('number', { number: content.number })]),
      t('because', { address: beside.mailboxAddress }),
    ],
  }
}

function account(content: Extract<Content, { is: 'account' }>, { t, when, beside }: Told): Draft {
  const gaps = { installation: beside.installation, by: content.invitedBy }
  const words = t(`account.${content.about}.${content.invitedBy === null ? 'wordsNobody' : 'words'}`, gaps)
  return {
    subject: content.subject ?? t(`account.${content.about}.subject`, gaps),
    preview: words,
    top: t('from.installation', gaps),
    blocks: [
      { is: 'line', words: hello(t, content.to[0]?.name || null) },
      { is: 'line', words },
      { is: 'link', label: t(`account.${content.about}.button`), address: content.link },
      ...(content.until === null
        ? []
        : [{ is: 'line' as const, words: t('account.until', { when: when(content.until) }) }]),
    ],
    foot: [beside.installation],
  }
}

function check(content: Extract<Content, { is: 'check' }>, { t, beside }: Told): Draft {
  const gaps = { installation: beside.installation, address: beside.mailboxAddress }
  return {
    subject: content.subject ?? t('check.subject', gaps),
    preview: t('check.words', gaps),
    top: t('from.automatic', gaps),
    blocks: [
      { is: 'line', words: hello(t, null) },
      { is: 'line', words: t('check.words', gaps) },
    ],
    foot: [beside.installation],
  }
}

function hello(t: Words, name: string | null): string {
  return name === null ? t('helloNobody') : t('hello', { name })
}

function quoted(head: string, text: string | null): Block[] {
  const words = text?.trim().replace(/\n{3,}/g, '\n\n') ?? ''
  if (words === '') return []
  return [
    {
      is: 'quote',
      head,
      text: words.length > longestQuote ? `${words.slice(0, longestQuote).toWellFormed()} …` : words,
    },
  ]
}

/** For a message that was written without formatting. */
function paragraphs(text: string): string {
  const escaped = text.trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return escaped
    .split(/\n{2,}/)
    .map(part => `<p>${part.replaceAll('\n', '<br>')}</p>`)
    .join('')
}

function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Somebody else's subject becomes part of ours. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 400)
}
