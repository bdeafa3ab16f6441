/** The dialogs about how a conversation hangs together, loaded when one is asked for. */
import './structure.css'
import type { ConversationView } from '../../contract/conversations.ts'
import { LinkDialog } from './LinkDialog.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { MoveDialog } from './MoveDialog.tsx'
import type { Regrouping } from './regrouping.ts'
import { SplitDialog } from './SplitDialog.tsx'

type Props = {
  how: Regrouping
  messageId: string | null
  view: ConversationView
  onClose: () => void
  onMoved: () => void
}

export function RegroupDialogs({ how, messageId, view, onClose, onMoved }: Props) {
  if (how === 'merge') return <MergeDialog view={view} onClose={onClose} />
  if (how === 'split') return <SplitDialog view={view} from={messageId} onClose={onClose} />
  if (how === 'link') return <LinkDialog view={view} onClose={onClose} />
  return <MoveDialog view={view} onClose={onClose} onDone={onMoved} />
}
