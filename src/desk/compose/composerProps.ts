/** What the composer and its two forms are told: the conversation, who writes, and what to do when it is done. */
import type { ConversationView } from '../../contract/conversations.ts'

export type Kind = 'reply' | 'note'
export type ComposerProps = {
  view: ConversationView
  me: { id: string; name: string }
  kind: Kind
  /** counts up with every wish to write: then the field takes the focus */
  turn: number
  onKind: (kind: Kind) => void
  onLeave: () => void
  onSent: (kind: Kind) => void
  onFresh: (ids: ReadonlySet<string>) => void
  onDoing: (writing: boolean) => void
}
