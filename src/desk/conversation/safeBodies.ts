/** What each message looks like once it was made safe: made once, and for those that are read ahead in a moment when nothing else is to be done. */
import type { ConversationView, MessageView } from '../../contract/conversations.ts'
import { remotePath } from '../../contract/originals.ts'
import { t } from '../../words/desk.ts'
import { type SafeMail, safeMail } from './safeMail.ts'

/** Forgotten with its message. */
const made = new WeakMap<MessageView, Map<string, SafeMail>>()

/** Null where there are plain words only. `whole`: with what it quotes; `pictures`: with those from elsewhere. */
export function bodyOf(message: MessageView, { whole = false, pictures = false } = {}): SafeMail | null {
  const html = whole ? message.html : (message.trimmedHtml ?? message.html)
  if (message.html === null || html === null) return null
  const word = t('conversation:quoted')
  const key = `${html === message.html} ${pictures} ${word}`
  const known = made.get(message) ?? new Map<string, SafeMail>()
  const safe =
    known.get(key) ??
    safeMail(
      html,
      message.attachments,
      { quoted: word },
      pictures ? address => remotePath(message.id, address) : undefined,
    )
  made.set(message, known.set(key, safe))
  return safe
}

/** The newest, which are seen first. */
export async function makeAhead(view: ConversationView) {
  for (const message of view.messages.slice(-8)) {
    await idle()
    bodyOf(message)
  }
}

const idle = () =>
  new Promise<void>(go => ('requestIdleCallback' in globalThis ? requestIdleCallback(() => go()) : setTimeout(go, 50)))
