/** What we know of a person, changed in one place: name, a line about them, language, zone, and how they would rather be reached. */
import { useState } from 'react'
import { changePerson, PreferredChannel } from '../../contract/relations.ts'
import { Choice, Field } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { AboutField, NameField, SpeaksAndLives, useAbout } from './AboutFields.tsx'
import { act } from './acting.ts'
import type { Person } from './queries.ts'

export function PersonDialog({ page, onClose }: { page: Person; onClose: () => void }) {
  const { said, ...fields } = useAbout(page)
  const [channel, setChannel] = useState<string>(page.preferred.channel ?? '')
  const [words, setWords] = useState(page.preferred.words ?? '')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const keep = async () => {
    if (!said.name) return setError(t('relationship:change.needsName'))
    setBusy(true)
    const done = await act({ is: 'person', id: page.id }, changePerson, {
      personId: page.id,
      preferredChannel: channel === '' ? null : PreferredChannel.parse(channel),
      preferredWords: words.trim() || null,
      // What members are called, and where they read, they say themselves.
      ...(page.member ? { about: said.about } : said),
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
      {!page.member && <NameField {...fields} />}
      <AboutField {...fields} help={t('relationship:change.aboutHelp')} />
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
      {!page.member && <SpeaksAndLives {...fields} page={page} />}
    </Dialog>
  )
}
