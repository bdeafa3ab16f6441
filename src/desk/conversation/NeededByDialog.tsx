/** What depends on our answer, and by when: set from what the customer said. */
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { Dialog } from '../pieces/Dialog.tsx'
import { setNeededBy } from './acts.ts'

export function NeededByDialog({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const [at, setAt] = useState(view.neededBy)
  const take = (neededBy: string | null) => {
    onClose()
    if (neededBy !== view.neededBy) void setNeededBy(view, neededBy)
  }
  return (
    <Dialog
      title={t('conversation:needed.title')}
      lead={t('conversation:needed.lead')}
      act={t('desk:button.save')}
      onAct={() => take(at)}
      onClose={onClose}
    >
      <WhenField open label={t('conversation:needed.when')} value={at} onChange={setAt} />
      {view.neededBy && (
        <p>
          <button type="button" className="link" onClick={() => take(null)}>
            {t('conversation:needed.nothing')}
          </button>
        </p>
      )}
    </Dialog>
  )
}
