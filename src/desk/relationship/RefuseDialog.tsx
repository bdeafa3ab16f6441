/** Somebody does not want to be contacted unasked: written down with how we know. */
import { useState } from 'react'
import { refuseUnasked } from '../../contract/relations.ts'
import { Field } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { act } from './acting.ts'
import type { Person } from './queries.ts'

export function RefuseDialog({ page, onClose }: { page: Person; onClose: () => void }) {
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  const keep = async () => {
    setBusy(true)
    const input = { personId: page.id, refuses: true, ...(said.trim() ? { said: said.trim() } : {}) }
    if (await act({ is: 'person', id: page.id }, refuseUnasked, input)) onClose()
    else setBusy(false)
  }
  return (
    <Dialog
      title={t('relationship:refuses.title', { name: page.name })}
      lead={t('relationship:refuses.lead')}
      act={t('relationship:refuses.act')}
      busy={busy}
      onClose={onClose}
      onAct={() => void keep()}
    >
      <Field
        label={t('relationship:refuses.said')}
        help={t('relationship:refuses.saidHelp')}
        data-autofocus
        dir="auto"
        maxLength={500}
        value={said}
        onChange={event => setSaid(event.currentTarget.value)}
      />
    </Dialog>
  )
}
