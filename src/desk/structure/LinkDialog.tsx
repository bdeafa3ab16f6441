/** A link to another conversation: related, above it or below it. */
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import * as contract from '../../contract/structure.ts'
import { firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { type Other, OtherChooser } from './OtherChooser.tsx'
import { actOn } from './structureQuery.ts'
import { noticeWithUndo } from './undone.ts'

const kinds = ['related', 'child', 'parent'] as const

export function LinkDialog({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const [other, setOther] = useState<Other | null>(null)
  const [as, setAs] = useState<(typeof kinds)[number]>('related')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const act = async () => {
    if (!other) return setError(t('structure:merge.needsOther'))
    setBusy(true)
    const done = await actOn(contract.link, { conversationId: view.id, toId: other.id, as })
    if (!done) return setBusy(false)
    onClose()
    noticeWithUndo(
      t('structure:link.done', { number: other.number }),
      other.subject,
      () => void actOn(contract.unlink, { conversationId: view.id, linkId: done.linkId }),
    )
  }
  return (
    <Dialog
      title={t('structure:link.title')}
      lead={t('structure:link.lead')}
      act={t('structure:link.act')}
      {...{ busy, error, onClose }}
      onAct={() => void act()}
    >
      <OtherChooser
        conversationId={view.id}
        customer={firstName(view.customer.name)}
        chosen={other}
        onChoose={chosen => {
          setOther(chosen)
          setError(undefined)
        }}
      />
      <fieldset className="radios">
        <legend>{t('structure:link.how')}</legend>
        {kinds.map(kind => (
          <label key={kind}>
            <input type="radio" name="as" checked={as === kind} onChange={() => setAs(kind)} />
            {t(`structure:link.as.${kind}`)}
          </label>
        ))}
      </fieldset>
    </Dialog>
  )
}
