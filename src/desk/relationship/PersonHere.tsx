/** Somebody of an organisation: chosen from those we know, or written down anew with a name and an address. */
import { useState } from 'react'
import { join, makePerson } from '../../contract/relations.ts'
import { Field } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { act } from './acting.ts'
import { type Chosen, PersonChooser } from './PersonChooser.tsx'
import type { Organisation } from './queries.ts'

export function PersonHere({ page, onClose }: { page: Organisation; onClose: () => void }) {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [text, setText] = useState('')
  const [address, setAddress] = useState('')
  const [role, setRole] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const subject = { is: 'organisation' as const, id: page.id }
  const keep = async () => {
    const name = text.trim()
    if (!chosen && !name) return setError(t('relationship:choose.needsOne'))
    setBusy(true)
    const fresh = chosen
      ? { id: chosen.id }
      : await act(subject, makePerson, { name, ...(address.trim() ? { address: address.trim() } : {}) })
    const at = fresh && { personId: fresh.id, organisationId: page.id, role: role.trim() }
    if (at && (await act(subject, join, at))) onClose()
    else setBusy(false)
  }
  return (
    <Dialog
      title={t('relationship:organisation.addPersonTo', { name: page.name })}
      act={t(chosen || !text.trim() ? 'relationship:belongs.keep' : 'relationship:organisation.makePerson')}
      {...{ busy, error, onClose }}
      onAct={() => void keep()}
    >
      <PersonChooser
        is="people"
        label={t('relationship:choose.person')}
        chosen={chosen}
        onChoose={one => {
          setChosen(one)
          setError(undefined)
        }}
        without={page.people.filter(({ suggested }) => !suggested).map(({ person }) => person.id)}
        onText={typed => {
          setText(typed)
          setChosen(null)
        }}
      />
      {!chosen && text.trim() && (
        <Field
          label={t('relationship:address.mail')}
          type="email"
          dir="ltr"
          value={address}
          onChange={event => setAddress(event.currentTarget.value)}
        />
      )}
      <Field
        label={t('relationship:belongs.role')}
        help={t('relationship:belongs.roleHelp')}
        dir="auto"
        maxLength={200}
        value={role}
        onChange={event => setRole(event.currentTarget.value)}
      />
    </Dialog>
  )
}
