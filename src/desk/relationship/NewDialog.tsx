/** Somebody or some organisation written down by hand, before anything was said between us. */
import { useState } from 'react'
import { makeOrganisation } from '../../contract/organisations.ts'
import { makePerson } from '../../contract/relations.ts'
import { Field } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { ask, Problem } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { goTo } from '../shell/going.ts'
import { renewLists } from './queries.ts'

type Props = { is: 'people' | 'organisations'; name: string; onClose: () => void }

export function NewDialog({ is, name: typed, onClose }: Props) {
  const [name, setName] = useState(typed)
  const [address, setAddress] = useState('')
  const [about, setAbout] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const keep = async () => {
    if (!name.trim()) return setError(t('relationship:change.needsName'))
    setBusy(true)
    try {
      if (is === 'people') {
        const { id } = await ask(makePerson, { name, ...(address.trim() ? { address: address.trim() } : {}) })
        await goTo({ to: '/people/$personId', params: { personId: id }, search: {} })
      } else {
        const { id } = await ask(makeOrganisation, { name, about })
        await goTo({ to: '/organisations/$organisationId', params: { organisationId: id }, search: {} })
      }
      renewLists()
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      setError(problem.code === 'bad-shape' ? t('relationship:address.unreadable') : problem.title)
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t(`relationship:list.new.${is}`)}
      act={t('relationship:list.make')}
      {...{ busy, error, onClose }}
      onAct={() => void keep()}
    >
      <Field
        label={t('relationship:change.name')}
        data-autofocus
        required
        dir="auto"
        maxLength={300}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      {is === 'people' ? (
        <Field
          label={t('relationship:address.mail')}
          type="email"
          dir="ltr"
          value={address}
          onChange={event => setAddress(event.currentTarget.value)}
        />
      ) : (
        <Field
          label={t('relationship:change.about')}
          help={t('relationship:change.aboutHelpOrganisation')}
          dir="auto"
          maxLength={2000}
          value={about}
          onChange={event => setAbout(event.currentTarget.value)}
        />
      )}
    </Dialog>
  )
}
