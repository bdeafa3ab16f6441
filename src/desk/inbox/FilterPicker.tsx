/** Adds a term to a filter, or changes one: first what it is about, then which. What is typed in the language of filters is taken as it is. */
import { IconFilter } from '@tabler/icons-react'
import { useState } from 'react'
import { parseFilter, printTerm, type Term } from '../../contract/filter-text.ts'
import { usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Picker } from '../pieces/Picker.tsx'
import { marked, matches } from '../shell/matching.tsx'
import { type About, useChoices, useFieldNames } from './filterChoices.tsx'
import { type Kind, kinds, termWords } from './filterWords.ts'

type Props = {
  /** one that is to be changed; else one is added */
  term: Term | null
  onTerms: (terms: Term[]) => void
  onClose: () => void
}

function aboutOf(term: Term | null): About | null {
  if (term?.is === 'operator') return { kind: term.name as Kind }
  return term?.is === 'field' ? { field: term.name } : null
}

export function FilterPicker({ term, onTerms, onClose }: Props) {
  const place = usePlace()
  const [about, setAbout] = useState(() => aboutOf(term))
  const [text, setText] = useState(() => (term && !aboutOf(term) ? printTerm({ ...term, not: false }) : ''))
  const choices = useChoices(about, text)
  const fieldNames = useFieldNames()
  const typed = text.trim()
  const done = (terms: Term[]) => {
    onTerms(terms)
    onClose()
  }
  const go = (next: About) => {
    setAbout(next)
    setText('')
  }
  const chosen = term && about && 'values' in term ? term.values : []
  const termOf = (values: string[]): Term =>
    about && 'field' in about
      ? { is: 'field', name: about.field, values, not: term?.not ?? false }
      : { is: 'operator', name: (about as { kind: Kind }).kind, values, not: term?.not ?? false }

  const icon = <IconFilter className="i" aria-hidden="true" />
  if (about) {
    const named = 'field' in about ? about.field : t(`views:kind.${about.kind}`)
    // A second value of a chip that is changed is an alternative; one that is there goes.
    const toggled = (value: string) =>
      chosen.includes(value) ? chosen.filter(each => each !== value) : [...chosen, value]
    return (
      <Picker
        title={t('views:pick.which', { about: named })}
        placeholder={t(
          `views:pick.${['from', 'to', 'customer'].includes('kind' in about ? about.kind : '') ? 'whom' : 'value'}`,
          { about: named },
        )}
        nothing={t('views:pick.type')}
        act={t('views:pick.choose')}
        onBack={term ? undefined : () => setAbout(null)}
        items={choices.map(({ value, words, aside }) => ({
          id: value,
          words: <bdi>{marked(words, typed)}</bdi>,
          aside,
          on: chosen.includes(value),
          run: () => done([termOf(toggled(value))].filter(each => each.is !== 'operator' || each.values.length > 0)),
        }))}
        {...{ icon, text, onClose }}
        onText={setText}
      />
    )
  }
  const read = parseFilter(text)
  const kindItems = kinds
    .filter(kind => matches(t(`views:kind.${kind}`), typed) || kind.startsWith(typed.toLowerCase()))
    .map(kind => ({
      id: kind,
      words: marked(t(`views:kind.${kind}`), typed),
      aside: t(`views:example.${kind}`),
      run: () => go({ kind }),
    }))
  const fieldItems = fieldNames
    .filter(name => matches(name, typed))
    .map(name => ({
      id: `field ${name}`,
      words: <bdi>{marked(name, typed)}</bdi>,
      aside: t('views:kind.field'),
      run: () => go({ field: name }),
    }))
  const asTyped = {
    id: 'typed',
    words: read.map(each => termWords(each, place.language)).join(' · '),
    aside: t('views:pick.typed'),
    run: () => done(read),
  }
  const isLanguage = read.some(each => each.is !== 'word')
  return (
    <Picker
      title={t('views:pick.title')}
      placeholder={t('views:pick.placeholder')}
      nothing={t('views:pick.type')}
      act={t('views:pick.choose')}
      items={[
        ...(read.length > 0 && isLanguage ? [asTyped] : []),
        ...kindItems,
        ...fieldItems,
        ...(read.length > 0 && !isLanguage ? [asTyped] : []),
      ]}
      {...{ icon, text, onClose }}
      onText={setText}
    />
  )
}
