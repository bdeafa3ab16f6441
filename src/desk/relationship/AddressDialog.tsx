/** Another way to reach somebody. One that is somebody else's leads to them: the two may be one person. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { addAddress } from '../../contract/relations.ts'
import { Choice, Field } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { ask, Problem } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { type Person, renewSubject } from './queries.ts'

export function AddressDialog({ page, onClose }: { page: Person; onClose: () => void }) {
  const [kind, setKind] = useState<'mail' | 'phone'>('mail')
  const [written, setWritten] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const add = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await ask(addAddress, { personId: page.id, kind, written })
      renewSubject({ is: 'person', id: page.id })
      onClose()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
      setBusy(false)
    }
  }
  const taken = problem?.code === 'address-taken' ? String(problem.facts.personId) : null
  return (
    <Dialog
      title={t('relationship:address.title', { name: page.name })}
      act={t('relationship:address.addAct')}
      busy={busy}
      error={
        problem ? (problem.code === 'bad-shape' ? t('relationship:address.unreadable') : problem.title) : undefined
      }
      onClose={onClose}
      onAct={() => void add()}
    >
      <Choice
        label={t('relationship:address.kind')}
        value={kind}
        onChange={event => setKind(event.currentTarget.value as 'mail' | 'phone')}
      >
        <option value="mail">{t('relationship:address.mail')}</option>
        <option value="phone">{t('relationship:address.phone')}</option>
      </Choice>
      <Field
        label={t(`relationship:address.${kind}`)}
        type={kind === 'mail' ? 'email' : 'tel'}
        data-autofocus
        required
        maxLength={320}
        dir="ltr"
        value={written}
        onChange={event => setWritten(event.currentTarget.value)}
      />
      {taken && (
        <p className="small">
          <Link to="/people/$personId" params={{ personId: taken }} search={{}} onClick={onClose}>
            {t('relationship:address.theirs', { name: String(problem?.facts.name ?? '') })}
          </Link>
        </p>
      )}
    </Dialog>
  )
}
