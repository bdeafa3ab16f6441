/** The forms of one conversation: to choose, to judge, to answer. Each has a token for one pressing. */
import { randomUUIDv7 } from 'node:crypto'
import type { One } from '../../domain/customers/index.ts'
import { formToken } from '../frame/form-token.ts'
import type { SignedIn } from '../frame/site.ts'
import type { FormBody, Input } from '../page/form.ts'

/** What was typed, and what is wrong with it. */
export type Filled = {
  text?: string
  said?: string
  verdict?: string
  pick?: string
  wrong?: { field: string; says: string }
  notice?: string
  /** they have just written: what sounds like a promise in it is offered */
  offersPromise?: boolean
  promised?: { words: string; by: string }
}
export type Keys = readonly Buffer[]
export const verdicts = ['worked', 'incomplete', 'wrong', 'later'] as const
export const longestText = 20_000

export function pressOf(keys: Keys, visit: SignedIn): FormBody['hidden'] {
  const press = randomUUIDv7()
  return [
    { name: 'press', value: press },
    { name: 'form', value: formToken(press, visit.customer.sessionId, keys, visit.now) },
  ]
}

export function offerForm(
  keys: Keys,
  visit: SignedIn,
  found: One,
  offer: NonNullable<One['messages'][number]['offer']>,
  filled: Filled,
): FormBody {
  const { say, to } = visit
  const trouble = (name: string) => (filled.wrong?.field === name ? filled.wrong.says : null)
  const choices = [
    ...offer.options.map(({ id, words, consequence, cost }) => ({
      ...{
        value: id,
        label: words,
        what: [consequence, cost].filter(Boolean).join('\n'),
        chosen: filled.pick === id,
      },
    })),
    { value: 'none', label: say('one.none'), what: say('one.noneWhat'), chosen: filled.pick === 'none' },
  ]
  return {
    action: to(`/help/mine/${found.id}/choice`),
    hidden: [
      ...pressOf(keys, visit),
      { name: 'offer', value: offer.id },
      { name: 'turns', value: String(offer.turns) },
    ],
    ...{ multipart: false, trap: null, sticky: false },
    inputs: [
      {
        is: 'picks',
        name: 'pick',
        label: say('one.options'),
        hint: null,
        optional: null,
        trouble: trouble('pick'),
        choices,
        inLine: false,
      },
      {
        is: 'long',
        name: 'said',
        label: say('one.suits'),
        hint: null,
        optional: say('optional'),
        trouble: trouble('said'),
        value: filled.said ?? '',
        rows: 2,
        most: 5000,
      },
    ],
    buttons: [{ label: say('one.choose'), kind: 'primary' }],
    beside: say('one.until', { when: visit.at(offer.until) }),
  }
}

export function verdictForm(keys: Keys, visit: SignedIn, found: One, filled: Filled): FormBody {
  const { say, to } = visit
  const choices = verdicts.map(value => ({
    value,
    label: say(`one.verdict.${value}`),
    what: null,
    chosen: filled.verdict === value,
  }))
  const trouble = filled.wrong?.field === 'verdict' ? filled.wrong.says : null
  return {
    action: to(`/help/mine/${found.id}/verdict`),
    hidden: pressOf(keys, visit),
    ...{ multipart: false, trap: null, sticky: false },
    inputs: [
      {
        is: 'picks',
        name: 'verdict',
        label: say('one.how'),
        hint: null,
        optional: null,
        trouble,
        choices,
        inLine: false,
      },
      {
        is: 'long',
        name: 'told',
        label: say('one.right'),
        hint: null,
        optional: say('optional'),
        trouble: null,
        value: filled.said ?? '',
        rows: 2,
        most: 5000,
      },
    ],
    buttons: [{ label: say('one.confirm'), kind: 'primary' }],
    beside: null,
  }
}

export function answerForm(keys: Keys, visit: SignedIn, found: One, name: string, filled: Filled): FormBody {
  const { say, to } = visit
  const trouble = (field: string) => (filled.wrong?.field === field ? filled.wrong.says : null)
  const inputs: Input[] = [
    {
      is: 'long',
      name: 'text',
      label: say('one.words'),
      hint: null,
      optional: null,
      trouble: trouble('text'),
      value: filled.text ?? '',
      rows: 5,
      most: longestText,
    },
    {
      is: 'files',
      name: 'files',
      label: say('files.label'),
      hint: say('files.hint'),
      optional: say('optional'),
      trouble: trouble('files'),
      kept: [],
      leaveOut: say('files.leaveOut'),
    },
  ]
  const ends: FormBody['buttons'] =
    found.own && found.state !== 'closed'
      ? [
          { label: say('one.solved'), kind: 'second', name: 'act', value: 'solved' },
          { label: say('one.withdraw'), kind: 'link', name: 'act', value: 'withdraw' },
        ]
      : []
  return {
    action: to(`/help/mine/${found.id}/answer`),
    hidden: pressOf(keys, visit),
    ...{ multipart: true, trap: null, sticky: false, inputs, beside: null },
    buttons: [{ label: say('one.send', { name }), kind: 'primary' }, ...ends],
  }
}
