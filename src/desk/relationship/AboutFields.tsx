/** What is written down of a person and of an organisation alike: the name, a line about them, language and zone. */
import { useState } from 'react'
import { Area, Choice, Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { zones } from '../session/zones.ts'
import { languageChoices } from './names.ts'

type About = { name: string; about: string; language: string | null; zone: string | null }

/** `said` is what goes to the server; `set` changes a part as it is typed. */
export function useAbout(page: About) {
  const [typed, setTyped] = useState({
    name: page.name,
    about: page.about,
    language: page.language ?? '',
    zone: page.zone ?? '',
  })
  return {
    typed,
    set: (part: Partial<typeof typed>) => setTyped(before => ({ ...before, ...part })),
    said: {
      name: typed.name.trim(),
      about: typed.about.trim(),
      language: typed.language || null,
      zone: typed.zone || null,
    },
  }
}
type Fields = Pick<ReturnType<typeof useAbout>, 'typed' | 'set'>

export function NameField({ typed, set }: Fields) {
  return (
    <Field
      label={t('relationship:change.name')}
      required
      dir="auto"
      maxLength={300}
      value={typed.name}
      onChange={event => set({ name: event.currentTarget.value })}
    />
  )
}

export function AboutField({ typed, set, help }: Fields & { help: string }) {
  return (
    <Area
      label={t('relationship:change.about')}
      help={help}
      dir="auto"
      rows={2}
      maxLength={2000}
      value={typed.about}
      onChange={event => set({ about: event.currentTarget.value })}
    />
  )
}

/** `page`: what there is now stays among the choices. */
export function SpeaksAndLives({ typed, set, page }: Fields & { page: About }) {
  const place = usePlace()
  return (
    <div className="pair">
      <Choice
        label={t('relationship:change.language')}
        value={typed.language}
        onChange={event => set({ language: event.currentTarget.value })}
      >
        <option value="">{t('relationship:change.unknown')}</option>
        {languageChoices(place.language, page.language).map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice
        label={t('relationship:change.zone')}
        value={typed.zone}
        onChange={event => set({ zone: event.currentTarget.value })}
      >
        <option value="">{t('relationship:change.ourZone')}</option>
        {zones(page.zone ?? place.zone).map(one => (
          <option key={one} value={one}>
            {one.replaceAll('_', ' ')}
          </option>
        ))}
      </Choice>
    </div>
  )
}
