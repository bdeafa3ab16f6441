/** What a field says, in words: numbers and days as this person writes them, choices by their names now. */
import type { ConversationField } from '../../contract/fields.ts'
import type { Place } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

/** Empty where nothing is said. */
export function valueWords(field: ConversationField, place: Place): string {
  const { kind, value, choices } = field
  if (value === null) return ''
  const named = (id: string) => choices.find(choice => choice.id === id)?.words ?? t('marks:fields.goneChoice')
  if (kind === 'yes-no') return t(value === true ? 'marks:fields.yes' : 'marks:fields.no')
  if (kind === 'number' && typeof value === 'number')
    return new Intl.NumberFormat(place.language, { maximumFractionDigits: 20 }).format(value)
  if (kind === 'date' && typeof value === 'string')
    // A day has no zone: it is the same one everywhere.
    return new Intl.DateTimeFormat(place.language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
      Date.parse(`${value}T00:00:00Z`),
    )
  if (kind === 'choice' && typeof value === 'string') return named(value)
  if (kind === 'choices' && Array.isArray(value))
    return new Intl.ListFormat(place.language, { type: 'unit' }).format(value.map(named))
  return String(value)
}

/** Where it leads, without what every link has. */
export function linkWords(link: string): string {
  const { host, pathname, search } = new URL(link)
  return `${host.replace(/^www\./, '')}${pathname === '/' ? '' : pathname}${search}`
}
