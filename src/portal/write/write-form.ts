/** The form at /help/ask: its fields as they were left, and what was filled in as the message one would have written. Decides nothing. */
import { Temporal } from 'temporal-polyfill'
import type { Form } from '../../contract/forms.ts'
import type { Filled, KeptFile } from '../../domain/customers/index.ts'
import type { Visit } from '../frame/visit.ts'
import type { Input } from '../page/form.ts'

export type Wrong = { field: string; says: string }
/** What was typed, by the name of its field, and files that are kept. */
export type Typed = {
  fields: URLSearchParams
  kept: KeptFile[]
  wrong: Wrong[]
  notice: string | null
  /** they wanted to look first */
  looks?: boolean
}
export const longestText = 20_000

export function inputsOf(
  visit: Visit,
  form: Form | null,
  { fields, kept, wrong }: Typed,
  shown: Form['fields'],
  peek: { label: string; address: string } | null,
): Input[] {
  const { say, customer } = visit
  const trouble = (name: string) => wrong.find(({ field }) => field === name)?.says ?? null
  const line = (name: string, label: string, more: object): Input =>
    ({
      is: 'line',
      kind: 'text',
      name,
      label,
      hint: null,
      optional: null,
      trouble: trouble(name),
      value: fields.get(name) ?? '',
      most: 200,
      ...more,
    }) as Input
  return [
    ...(customer
      ? []
      : [
          line('name', say('ask.name'), { optional: say('optional'), complete: 'name' }),
          line('address', say('ask.address'), {
            kind: 'email',
            hint: say('ask.addressHint'),
            most: 320,
            complete: 'email',
          }),
        ]),
    line('subject', say('ask.subject'), { optional: say('optional') }),
    {
      is: 'long',
      name: 'text',
      label: say('ask.words'),
      hint: say('ask.wordsHint'),
      optional: null,
      trouble: trouble('text'),
      value: fields.get('text') ?? '',
      rows: 5,
      most: longestText,
      peek,
    },
    ...shown.map(field => inputOf(visit, field, fields.getAll(field.id), trouble(field.id))),
    ...(form?.asksNeededBy === false
      ? []
      : [
          {
            ...{
              is: 'pair' as const,
              name: 'needed-pair',
              label: say('ask.hangs'),
              hint: say('ask.hangsHint'),
              optional: say('optional'),
              trouble: trouble('needed'),
            },
            inputs: [
              line('needed', say('ask.needed'), { kind: 'date', most: 10, small: true }),
              line('because', say('ask.because'), {}),
            ],
          },
        ]),
    ...(form?.takesFiles === false
      ? []
      : [
          {
            ...{
              is: 'files' as const,
              name: 'files',
              label: say('files.label'),
              hint: say('files.hint'),
              optional: say('optional'),
              trouble: trouble('files'),
            },
            kept: kept.map(({ id, name }) => ({ id, label: say('files.keptHere', { name }) })),
            leaveOut: say('files.leaveOut'),
          },
        ]),
  ]
}

function inputOf(
  { say }: Visit,
  field: Form['fields'][number],
  values: readonly string[],
  trouble: string | null,
): Input {
  const first = values[0] ?? ''
  const common = {
    name: field.id,
    label: field.label,
    hint: field.hint || null,
    optional: field.required ? null : say('optional'),
    trouble,
  }
  const picks = (choices: { value: string; label: string }[], several = false): Input => ({
    ...{ is: 'picks', ...common, inLine: choices.length <= 3 && !several, several },
    choices: choices.map(each => ({ ...each, what: null, chosen: values.includes(each.value) })),
  })
  switch (field.kind) {
    case 'text':
      return { is: 'long', ...common, value: first, rows: 3, most: 4000 }
    case 'number':
    case 'date':
      return { is: 'line', kind: field.kind, ...common, value: first, most: 40 }
    case 'yes-no':
      return picks([
        { value: 'yes', label: say('ask.yes') },
        { value: 'no', label: say('ask.no') },
      ])
    case 'choice':
      return picks(field.choices.map(value => ({ value, label: value })))
    case 'choices':
      return picks(
        field.choices.map(value => ({ value, label: value })),
        true,
      )
    default:
      return { is: 'line', kind: 'text', ...common, value: first, most: 500 }
  }
}

export const filledIn = (form: Form | null, fields: URLSearchParams): Filled =>
  new Map((form?.fields ?? []).map(({ id }) => [id, fields.getAll(id).map(each => each.slice(0, 4000))]))

/** As they would have written it in a mail: their words, then what was asked for. */
export function textOf({ say }: Visit, shown: Form['fields'], filled: Filled, fields: URLSearchParams): string {
  const word = (kind: string, value: string) =>
    kind === 'yes-no' ? say(value === 'yes' ? 'ask.yes' : 'ask.no') : value
  const answers = shown.flatMap(({ id, label, kind }) => {
    const values = (filled.get(id) ?? []).map(each => each.trim()).filter(Boolean)
    return values.length === 0 ? [] : [`${label}: ${values.map(each => word(kind, each)).join(', ')}`]
  })
  const needed = (fields.get('needed') ?? '').trim()
  const because = (fields.get('because') ?? '').trim().slice(0, 300)
  const by = needed
    ? [because ? say('ask.saysBecause', { day: needed, because }) : say('ask.says', { day: needed })]
    : because
      ? [because]
      : []
  const rest = [...answers, ...by]
  const words = (fields.get('text') ?? '').trim().slice(0, longestText)
  return rest.length === 0 ? words : `${words}\n\n${rest.join('\n')}`
}

/** The end of that day where they are. */
export function endOf(day: string, zone: string): Date {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime({ timeZone: zone })
  return new Date(next.epochMilliseconds - 60_000)
}
