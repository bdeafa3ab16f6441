/** The languages of one saved reply: the customer's is chosen by itself, the first is for everybody else. */
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Menu } from '../pieces/Menu.tsx'

type Text = { language: string; body: string }
type Props = {
  texts: Text[]
  current: string
  disabled: boolean
  onCurrent: (language: string) => void
  onTexts: (texts: Text[]) => void
}
const offered =
  'en de es fr ar bg ca cs da el et eu fa fi ga gl he hi hr hu id it ja ko lt lv ms nb nl pl pt ro ru sk sl sq sr sv th tr uk ur vi zh'.split(
    ' ',
  )

export function Languages({ texts, current, disabled, onCurrent, onTexts }: Props) {
  const place = usePlace()
  const names = new Intl.DisplayNames(place.language, { type: 'language' })
  const nameOf = (language: string) => names.of(language) ?? language
  const missing = offered
    .filter(language => !texts.some(text => text.language === language))
    .sort((a, b) =>
      offered.indexOf(a) < 5 || offered.indexOf(b) < 5
        ? offered.indexOf(a) - offered.indexOf(b)
        : nameOf(a).localeCompare(nameOf(b)),
    )
  return (
    <div className="modes savedlanguages">
      <span role="tablist" aria-label={t('saved-replies:languagesLabel')}>
        {texts.map(({ language }) => (
          <button
            key={language}
            type="button"
            role="tab"
            aria-selected={language === current}
            onClick={() => onCurrent(language)}
          >
            {nameOf(language)}
          </button>
        ))}
      </span>
      {!disabled && (
        <Menu
          label={t('saved-replies:addLanguage')}
          items={missing.map(language => ({
            label: nameOf(language),
            run: () => {
              onTexts([...texts, { language, body: texts.find(text => text.language === current)?.body ?? '' }])
              onCurrent(language)
            },
          }))}
          target={
            <button type="button">
              <IconPlus size={16} stroke={1.6} aria-hidden="true" /> {t('saved-replies:addLanguage')}
            </button>
          }
        />
      )}
      {!disabled && texts.length > 1 && (
        <button
          type="button"
          onClick={() => {
            const rest = texts.filter(text => text.language !== current)
            onTexts(rest)
            onCurrent(rest[0]?.language ?? current)
          }}
        >
          <IconTrash size={16} stroke={1.6} aria-hidden="true" />{' '}
          {t('saved-replies:removeLanguage', { language: nameOf(current) })}
        </button>
      )}
    </div>
  )
}
