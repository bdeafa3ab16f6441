/** What a field may hold, by its kind. Pure: no clock, no database. */
import type { FieldDefinition, FieldKind, FieldValue } from '../../contract/fields.ts'

export type Judged = { value: FieldValue } | { says: string }
const longest = 2000

/** What is kept of a value, or why it does not fit. `before` may name a choice that was archived since: it may stay. */
export function judge(field: Omit<FieldDefinition, 'id' | 'name'>, value: FieldValue, before: FieldValue): Judged {
  if (value === null) return { value }
  return judges[field.kind](value, field, before)
}

type Judge = (value: NonNullable<FieldValue>, field: Omit<FieldDefinition, 'id' | 'name'>, before: FieldValue) => Judged

const judges: Record<FieldKind, Judge> = {
  text: value => {
    if (typeof value !== 'string') return { says: 'is no text' }
    const text = kept(value)
    if ([...text].length > longest) return { says: `is longer than ${longest} letters` }
    return { value: text === '' ? null : text }
  },
  number: value =>
    typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 1e15
      ? { value: value === 0 ? 0 : value }
      : { says: 'is no number' },
  date: value => (typeof value === 'string' && isDay(value) ? { value } : { says: 'is no day, such as 2026-11-24' }),
  'yes-no': value => (typeof value === 'boolean' ? { value } : { says: 'is neither yes nor no' }),
  choice: (value, field, before) => {
    if (typeof value !== 'string') return { says: 'is no choice of this field' }
    return offered(field, [before]).has(value) ? { value } : { says: 'is no choice of this field' }
  },
  choices: (value, field, before) => {
    if (!Array.isArray(value)) return { says: 'is no list of choices' }
    const may = offered(field, Array.isArray(before) ? before : [])
    if (!value.every(id => may.has(id))) return { says: 'names what is no choice of this field' }
    const chosen = new Set(value)
    const inOrder = field.choices.flatMap(({ id }) => (chosen.has(id) ? [id] : []))
    return { value: inOrder.length === 0 ? null : inOrder }
  },
  link: value => {
    if (typeof value !== 'string') return { says: 'is no link' }
    const link = safeLink(value)
    return link === null ? { says: 'is no link that begins with https:// or http://' } : { value: link }
  },
}

function offered(field: { choices: FieldDefinition['choices'] }, before: readonly unknown[]): Set<string> {
  return new Set(field.choices.filter(({ id, archived }) => !archived || before.includes(id)).map(({ id }) => id))
}

function kept(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().trim()
}

function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** Pages only: nothing that runs, nothing that hides a name and a password before the host. */
function safeLink(text: string): string | null {
  const said = kept(text)
  if (said.length > longest || !/^https?:\/\/\S+$/i.test(said)) return null
  if (!URL.canParse(said)) return null
  const url = new URL(said)
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
}
