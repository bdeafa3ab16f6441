/** The foot of a reply: what is still missing, Send, and the same at another time. */
import type { ConversationView } from '../../contract/conversations.ts'
import { Button, Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { SendLater } from '../structure/SendLater.tsx'

type Props = {
  view: ConversationView
  lacks: string | null
  busy: boolean
  disabled: boolean
  /** what sending is called with this next step */
  words: string
  /** null where nothing is sent */
  onLater: ((at: string) => void) | null
}

export function SendRow({ view, lacks, busy, disabled, words, onLater }: Props) {
  return (
    <div className="sendrow">
      {lacks && (
        <p className="small wrong" role="alert">
          {t(`compose:missing.${lacks}`)}
        </p>
      )}
      <span className="sendpair">
        <Button kind="primary" submit busy={busy} disabled={disabled}>
          {words}
        </Button>
        {onLater && <SendLater view={view} disabled={disabled || busy} onSend={onLater} />}
      </span>
      <Keys keys="$mod+Enter" />
    </div>
  )
}
