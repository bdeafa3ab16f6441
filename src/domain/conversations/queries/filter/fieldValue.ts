/** What was typed as a field's value, as its kind keeps it in `x.value`: a number as number, yes and no as truth, a choice by its words. What can't be one matches nothing. */
import { type RawBuilder, sql } from 'kysely'
import type { Field } from './names.ts'

const truths: Record<string, boolean> = { yes: true, true: true, no: false, false: false }

export function fieldValue({ kind, choices }: Field, value: string): RawBuilder<boolean> {
  if (kind === 'number')
    return Number.isFinite(Number(value)) ? sql`x.value = ${JSON.stringify(Number(value))}::jsonb` : sql`false`
  if (kind === 'yes-no') {
    const truth = truths[value.toLowerCase()]
    return truth === undefined ? sql`false` : sql`x.value = ${JSON.stringify(truth)}::jsonb`
  }
  if (kind === 'choice' || kind === 'choices') {
    const ids = choices.filter(choice => choice.words.toLowerCase() === value.toLowerCase()).map(choice => choice.id)
    // One of them as the value itself, or among several.
    return sql`x.value ?| ${ids}::text[]`
  }
  return sql`lower(x.value #>> '{}') = lower(${value})`
}
