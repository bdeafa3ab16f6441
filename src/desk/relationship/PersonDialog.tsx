/** What we know of a person, changed in one place: name, a line about them, language, zone, and how they would rather be reached. */
import { useState } from 'react'
import { changePerson, PreferredChannel } from '../../contract/relations.ts'
import { Area, Choice, Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { zones } from '../session/zones.ts'
import { act } from './acting.ts'
import { languageChoices } from './names.ts'
import type { Person } from './queries.ts'

export function PersonDialog({ page, onClose }: { page: Person; onClose: () => void }) {
  const place = usePlace()
  const [name, setName] = useState(page.name)
  const [about, setAbout] = useState(page.about)
  const [language, setLanguage] = useState(page.language ?? '')
  const [zone, setZone] = useState(page.zone ?? '')
  const [channel, setChannel] = useState<string>(page.preferred.channel ?? '')
  const [words, setWords] = useState(page.preferred.words ?? '')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const keep = async () => {
    if (!name.trim()) return setError(t('relationship:change.needsName'))
    setBusy(true)
    const done = await act({ is: 'person', id: page.id }, changePerson, {
      personId: page.id,
      about: about.trim(),
      preferredChannel: channel === '' ? null : PreferredChannel.parse(channel),
      preferredWords: words.trim() || null,
      // What members are called, and where they read, they say themselves.
      ...(page.member ? {} : { name: name.trim(), language: language || null, zone: zone || null }),
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
      {!page.member && (
        <Field
          label={t('relationship:change.name')}
          required
          dir="auto"
          maxLength={300}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
      )}
      <Area
        label={t('relationship:change.about')}
        help={t('relationship:change.aboutHelp')}
        dir="auto"
        rows={2}
        maxLength={2000}
        value={about}
        onChange={event => setAbout(event.currentTarget.value)}
      />
      <Choice
        label={t('relationship:change.channel')}
        value={channel}
        onChange={event => setChannel(event.currentTarget.value)}
      >
        <option value="">{t('relationship:change.anyChannel')}</option>
        {PreferredChannel.options.map(one => (
          <option key={one} value={one}>
            {t(`relationship:change.channels.${one}`)}
          </option>
        ))}
      </Choice>
      <Field
        label={t('relationship:change.words')}
        help={t('relationship:change.wordsHelp')}
        dir="auto"
        maxLength={500}
        value={words}
        onChange={event => setWords(event.currentTarget.value)}
      />
      {!page.member && (
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
      )}
    </Dialog>
  )
}
