/** What we know of an organisation, changed in one place: name, a line about it, language, zone, and its own reply target. */
import { useState } from 'react'
import { changeOrganisation } from '../../contract/organisations.ts'
import { Area, Choice, Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { zones } from '../session/zones.ts'
import { act } from './acting.ts'
import { languageChoices } from './names.ts'
import type { Organisation } from './queries.ts'

export function OrganisationDialog({ page, onClose }: { page: Organisation; onClose: () => void }) {
  const place = usePlace()
  const [name, setName] = useState(page.name)
  const [about, setAbout] = useState(page.about)
  const [language, setLanguage] = useState(page.language ?? '')
  const [zone, setZone] = useState(page.zone ?? '')
  const [hours, setHours] = useState(page.replyWithin === null ? '' : String(page.replyWithin / 60))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const keep = async () => {
    const within = hours.trim() === '' ? null : Math.round(Number(hours.replace(',', '.')) * 60)
    if (!name.trim()) return setError(t('relationship:change.needsName'))
    if (within !== null && !(within >= 1 && within <= 100_000)) return setError(t('relationship:change.needsHours'))
    setBusy(true)
    const done = await act({ is: 'organisation', id: page.id }, changeOrganisation, {
      organisationId: page.id,
      name: name.trim(),
      about: about.trim(),
      language: language || null,
      zone: zone || null,
      replyWithin: within,
    })
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
      <Field
        label={t('relationship:change.name')}
        required
        dir="auto"
        maxLength={300}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Area
        label={t('relationship:change.about')}
        help={t('relationship:change.aboutHelpOrganisation')}
        dir="auto"
        rows={2}
        maxLength={2000}
        value={about}
        onChange={event => setAbout(event.currentTarget.value)}
      />
      <Field
        label={t('relationship:change.target')}
        help={t('relationship:change.targetHelp')}
        inputMode="decimal"
        value={hours}
        onChange={event => setHours(event.currentTarget.value)}
      />
      <div className="pair">
        <Choice
          label={t('relationship:change.language')}
          value={language}
          onChange={event => setLanguage(event.currentTarget.value)}
        >
          <option value="">{t('relationship:change.unknown')}</option>
          {languageChoices(place.language, page.language).map(({ code, name: called }) => (
            <option key={code} value={code}>
              {called}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('relationship:change.zone')}
          value={zone}
          onChange={event => setZone(event.currentTarget.value)}
        >
          <option value="">{t('relationship:change.ourZone')}</option>
          {zones(page.zone ?? place.zone).map(one => (
            <option key={one} value={one}>
              {one.replaceAll('_', ' ')}
            </option>
          ))}
        </Choice>
      </div>
    </Dialog>
  )
}
