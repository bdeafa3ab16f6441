/** The letter to the expert of an ask: the question with what was chosen to go along, or what came of it. Pure: shows nothing of the customer's conversation but that. */
import type { Content } from '../outgoing.ts'
import type { Block, Letter } from './letter.ts'

type Asked = Extract<Content, { is: 'ask' }>
type Parts = {
  t: (key: string, gaps?: Record<string, unknown>) => string
  when: (at: string) => string
  installation: string
  message: { html: string | null; text: string }
  paragraphs: (text: string) => string
  quoted: (head: string, text: string | null) => Block[]
}

export function askLetter(
  content: Asked,
  parts: Parts,
): Pick<Letter, 'subject' | 'preview' | 'top' | 'blocks' | 'foot'> {
  const { t, installation, message } = parts
  const { author, title } = content
  const subject = t('ask.subject', { title })
  const blocks = content.about === 'question' ? question(content, parts) : news(content, parts)
  return {
    subject: content.inReplyTo === null ? subject : `Re: ${subject}`,
    preview: content.about === 'question' ? message.text.slice(0, 140) : title,
    top: author ? t('from.person', { name: author, installation }) : t('from.automatic', { installation }),
    blocks: [
      ...blocks,
      ...(author ? [{ is: 'signature' as const, name: author, beneath: installation }] : []),
      ...(content.about === 'question' ? along(content, parts) : []),
    ],
    foot: [content.about === 'question' ? t('ask.foot') : t('ask.because'), installation],
  }
}

function question({ dueAt, author, desk }: Asked, { t, when, message, paragraphs }: Parts): Block[] {
  return [
    { is: 'written', html: message.html ?? paragraphs(message.text), text: message.text },
    ...(dueAt
      ? [
          {
            is: 'promise' as const,
            strong: t('ask.neededBy', { name: author ?? '', when: when(dueAt) }),
            beneath: t('ask.otherTime'),
            automatic: false,
          },
        ]
      : []),
    ...(desk ? [{ is: 'link' as const, label: t('ask.open'), address: desk }] : []),
  ]
}

function along({ context }: Asked, { t, when, quoted }: Parts): Block[] {
  return context.flatMap(each => quoted(t('written.quoted', { name: each.name, when: when(each.at) }), each.text))
}

function news({ about, author, title, verdict, words, to }: Asked, { t, paragraphs }: Parts): Block[] {
  const key = about === 'judged' ? `ask.judged.${verdict ?? 'worked'}` : `ask.${about}`
  const name = to[0]?.name
  return [
    { is: 'line', words: name ? t('hello', { name }) : t('helloNobody') },
    { is: 'line', words: t(key, { name: author ?? '', title }) },
    ...(words ? [{ is: 'written' as const, html: paragraphs(words), text: words }] : []),
  ]
}
