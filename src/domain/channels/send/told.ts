/** What a member is told of, as a sentence in their language: the same in mails and pushes. Shows a customer's words only where they were given. Pure. */
import { z } from 'zod'
import { NotificationKinds } from '../../../contract/notifications.ts'
import { mailLanguage, mailWords } from '../../../words/mail.ts'
import type { Block, Letter } from './letter.ts'
import { momentIn } from './moments.ts'

export const ToldItem = z.object({
  kind: z.enum([...NotificationKinds, 'test']),
  count: z.number(),
  /** Of the conversation. */
  number: z.number().nullable(),
  customer: z.string().nullable(),
  /** Who did it; null: the customer, or nobody. */
  actor: z.string().nullable(),
  dueAt: z.iso.datetime({ offset: true }).nullable(),
  mailbox: z.string().nullable(),
  /** Of an ask: whom its mail did not reach. */
  asked: z.string().nullable().default(null),
  /** Null unless its reader chose to have words of customers outside the desk. */
  subject: z.string().nullable(),
  said: z.string().nullable(),
  link: z.url(),
})
export type ToldItem = z.infer<typeof ToldItem>

export type Place = { language: string; zone: string; now: Date }

/** What is said of promises in other words where they stand in no conversation. */
const outsideToo = new Set<string>(['due-soon', 'overdue', 'reminder', 'unheeded'])

export function sentenceOf(item: ToldItem, { language, zone, now }: Place): string {
  const tongue = mailLanguage(language)
  const gaps = {
    count: item.count,
    number: item.number ?? '',
    customer: item.customer ?? '',
    who:
      item.actor ?? item.customer ?? (item.kind.startsWith('topic-') ? mailWords(tongue)('notification.somebody') : ''),
    when: item.dueAt ? momentIn(new Date(item.dueAt), now, tongue, zone) : '',
    mailbox: item.mailbox ?? '',
  }
  const outside = item.number === null && outsideToo.has(item.kind)
  const key = item.kind === 'unsent' && item.asked ? 'unsentAsk' : outside ? `${item.kind}-outside` : item.kind
  return mailWords(tongue)(`notification.${key}`, { ...gaps, expert: item.asked ?? '' })
}

type Draft = Pick<Letter, 'subject' | 'preview' | 'top' | 'blocks' | 'foot'>
type Notification = {
  items: ToldItem[]
  more: number
  list: string
  settings: string
  to: { name: string }[]
  language: string
  zone: string
}

/** One thing as a mail of its own, several as a digest. */
export function notification(content: Notification, beside: { installation: string; now: Date }): Draft {
  const t = mailWords(mailLanguage(content.language))
  const place = { language: content.language, zone: content.zone, now: beside.now }
  const { items, more } = content
  const count = items.length + more
  const gaps = { installation: beside.installation, count }
  const sentences = items.map(item => sentenceOf(item, place))
  const only = count === 1 ? items[0] : undefined
  const name = content.to[0]?.name
  const blocks: Block[] = only
    ? [
        { is: 'line', words: sentences[0]! },
        ...quoted(only),
        { is: 'link', label: t('notification.open'), address: only.link },
      ]
    : [
        { is: 'line', words: name ? t('hello', { name }) : t('helloNobody') },
        { is: 'line', words: t('notification.several', gaps) },
        ...items.flatMap((item, at): Block[] => [
          { is: 'link', label: sentences[at]!, address: item.link },
          ...quoted(item),
        ]),
        { is: 'link', label: t('notification.all'), address: content.list },
      ]
  const subject = only ? sentences[0]! : t('notification.digest', gaps)
  return {
    subject: only?.subject ? `${subject} ${only.subject}` : subject,
    preview: sentences.slice(0, 3).join(' '),
    top: t('from.automatic', gaps),
    blocks,
    foot: [t('notification.because'), content.settings],
  }
}

function quoted({ subject, said }: ToldItem): Block[] {
  return subject === null && said === null ? [] : [{ is: 'quote', head: subject ?? '', text: said ?? '' }]
}
