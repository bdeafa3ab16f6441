/** What we know of an organisation, changed in one place: name, a line about it, language, zone, and its own reply target. */
import { useState } from 'react'
import { changeOrganisation } from '../../contract/organisations.ts'
import { Field } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { AboutField, NameField, SpeaksAndLives, useAbout } from './AboutFields.tsx'
import { act } from './acting.ts'
import type { Organisation } from './queries.ts'

export function OrganisationDialog({ page, onClose }: { page: Organisation; onClose: () => void }) {
  const { said, ...fields } = useAbout(page)
  const [hours, setHours] = useState(page.replyWithin === null ? '' : String(page.replyWithin / 60))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const keep = async () => {
    const within = hours.trim() === '' ? null : Math.round(Number(hours.replace(',', '.')) * 60)
    if (!said.name) return setError(t('relationship:change.needsName'))
    if (within !== null && !(within >= 1 && within <= 100_000)) return setError(t('relationship:change.needsHours'))
    setBusy(true)
    const change = { organisationId: page.id, ...said, replyWithin: within }
    const done = await act({ is: 'organisation', id: page.id }, changeOrganisation, change)
    if (done) onClose()
    else setBusy(false)
  }
  return (
    <Dialog
      title={t('relationship:change.title', { name: page.name })}
      act={t('desk:button.save')}
      {...{ busy, error, onClose }}
      onAct={() => void keep()}
    >
      <NameField {...fields} />
      <AboutField {...fields} help={t('relationship:change.aboutHelpOrganisation')} />
      <Field
        label={t('relationship:change.target')}
        help={t('relationship:change.targetHelp')}
        inputMode="decimal"
        value={hours}
        onChange={event => setHours(event.currentTarget.value)}
      />
      <SpeaksAndLives {...fields} page={page} />
    </Dialog>
  )
}
