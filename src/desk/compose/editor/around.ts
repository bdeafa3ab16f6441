/** What the field is told of the place it stands in, for saved replies and people; the field itself knows nothing of conversations. */
import type { SavedReply } from '../../../contract/saved-replies.ts'
import type { Values } from '../../../contract/variables.ts'

export type Around = {
  /** for variables, as of now */
  values: () => Values
  /** what the customer writes in */
  language: string | null
  conversationId: string | null
  inside: boolean
  /** a saved reply suggests how it goes on */
  onStep?: (step: NonNullable<SavedReply['nextStep']>) => void
  /** a saved reply stands in it now */
  onUsed?: (savedReplyId: string) => void
  /** somebody was named in a reply, and could be copied in */
  onNamed?: (who: { name: string; address: string }) => void
}
