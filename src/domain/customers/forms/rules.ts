/** Which fields of a form are asked, and whether what was filled in will do. Pure; says what is wrong by a key of the words. */
import type { FormField } from '../../../contract/forms.ts'

/** By the field's id: what was typed, or every choice that was made. */
export type Filled = ReadonlyMap<string, readonly string[]>

/** In order; a field whose condition is a field that is itself not asked is not asked. */
export function asked(fields: readonly FormField[], filled: Filled): FormField[] {
  const shown = new Set<string>()
  return fields.filter(({ id, when }) => {
    const fits = when === null || (shown.has(when.fieldId) && (filled.get(when.fieldId) ?? []).includes(when.is))
    if (fits) shown.add(id)
    return fits
  })
}

export type Trouble = 'needed' | 'choose' | 'number' | 'date'

export function troubleWith(field: FormField, values: readonly string[]): Trouble | null {
  const given = values.map(each => each.trim()).filter(Boolean)
  const choosing = field.kind === 'choice' || field.kind === 'choices' || field.kind === 'yes-no'
  if (given.length === 0) return field.required ? (choosing ? 'choose' : 'needed') : null
  const known = field.kind === 'yes-no' ? ['yes', 'no'] : field.choices
  if (choosing && given.some(each => !known.includes(each))) return 'choose'
  if (field.kind === 'number' && !Number.isFinite(Number(given[0]!.replace(',', '.')))) return 'number'
  if (field.kind === 'date' && !isDay(given[0]!)) return 'date'
  return null
}

export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
    new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
  )
}

/** A form's own trouble: conditions look up only, at something one chooses; who chooses has what to choose from. */
export function formTrouble(fields: readonly FormField[]): { path: string; says: string } | null {
  const above = new Map<string, FormField>()
  for (const [at, field] of fields.entries()) {
    const path = `fields.${at}`
    if (above.has(field.id)) return { path: `${path}.id`, says: 'stands there twice' }
    if ((field.kind === 'choice' || field.kind === 'choices') && field.choices.length === 0)
      return { path: `${path}.choices`, says: 'needs something to choose' }
    if (new Set(field.choices).size < field.choices.length) return { path: `${path}.choices`, says: 'has one twice' }
    if (field.when) {
      const on = above.get(field.when.fieldId)
      const known = on?.kind === 'yes-no' ? ['yes', 'no'] : (on?.choices ?? [])
      if (!known.includes(field.when.is)) return { path: `${path}.when`, says: 'names nothing that is chosen above it' }
    }
    above.set(field.id, field)
  }
  return null
}
