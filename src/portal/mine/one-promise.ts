/** What sounds like a promise in what a customer has just written: offered to them in a box with a date, and noted with their yes alone. */

import { Id } from '../../contract/kit.ts'
import { promisesIn } from '../../contract/promise-text/index.ts'
import { isDay, type One, promiseMine } from '../../domain/customers/index.ts'
import type { Shown, SignedIn, SiteParts } from '../frame/site.ts'
import type { OneConversation } from '../page/mine.ts'
import { endOf } from '../write/write-form.ts'
import { type Filled, type Keys, pressOf } from './one-forms.ts'

const longestWords = 300

/** Of their latest message, once; nothing where they said yes to it, or where it can't be promised any more. */
export function promiseOffer(keys: Keys, visit: SignedIn, found: One, filled: Filled): OneConversation['promise'] {
  if (!filled.offersPromise || found.state === 'closed') return null
  const latest = found.messages.findLast(({ mine }) => mine)
  if (!latest) return null
  const reading = { now: visit.now, zone: visit.zone }
  const said = [found.language ?? visit.language, visit.language]
    .flatMap(language => promisesIn(latest.text.slice(0, 20_000), { ...reading, language }))
    .find(({ dueAt, words }) => dueAt && words.trim() && !found.promises.some(each => each.words === words))
  if (!said?.dueAt || !said.day) return null
  const { say, to } = visit
  const trouble = (name: string) => (filled.wrong?.field === name ? filled.wrong.says : null)
  return {
    title: say('one.promised'),
    hint: say('one.promisedHint', { sentence: said.sentence }),
    form: {
      action: to(`/help/mine/${found.id}/promise`),
      hidden: [
        ...pressOf(keys, visit),
        { name: 'message', value: latest.id },
        { name: 'day', value: said.day },
        { name: 'at', value: said.dueAt.toISOString() },
      ],
      ...{ multipart: false, trap: null, sticky: false, beside: null },
      inputs: [
        {
          ...{ is: 'line', kind: 'text', name: 'words', label: say('one.promisedWords'), hint: null, optional: null },
          ...{ trouble: trouble('words'), value: filled.promised?.words ?? said.words, most: longestWords },
        },
        {
          ...{
            is: 'line',
            kind: 'date',
            name: 'by',
            label: say('one.promisedBy'),
            hint: null,
            optional: null,
            small: true,
          },
          ...{ trouble: trouble('by'), value: filled.promised?.by ?? said.day, most: 10 },
        },
      ],
      buttons: [
        { label: say('one.promisedYes'), kind: 'second', name: 'act', value: 'yes' },
        { label: say('one.promisedNo'), kind: 'link', name: 'act', value: 'no' },
      ],
    },
  }
}

type Parts = Pick<SiteParts, 'db' | 'takeIn' | 'replyKeys' | 'change'>

export async function actPromise(
  parts: Parts,
  visit: SignedIn,
  found: One,
  { fields, show }: { fields: URLSearchParams; show: (filled: Filled) => Shown },
): Promise<Shown> {
  const back = visit.to(`/help/mine/${found.id}`)
  const messageId = Id.safeParse(fields.get('message')).data
  if (fields.get('act') === 'no' || !messageId) return { go: back }
  const words = (fields.get('words') ?? '').replace(/\s+/g, ' ').trim().slice(0, longestWords)
  const by = (fields.get('by') ?? '').trim()
  const promised = { words, by }
  const wrong = (field: string, says: string) => show({ offersPromise: true, promised, wrong: { field, says } })
  if (words === '') return wrong('words', visit.say('one.promisedMissing'))
  const kept = new Date(fields.get('at') ?? '')
  // A time that they said themselves stands; another day means the end of it.
  const dueAt = by === fields.get('day') && kept > visit.now ? kept : isDay(by) ? endOf(by, visit.zone) : null
  if (!dueAt || dueAt <= visit.now) return wrong('by', visit.say('one.promisedDay'))
  if (dueAt.getTime() - visit.now.getTime() > 400 * 86_400_000) return wrong('by', visit.say('one.promisedDay'))
  await promiseMine(parts, visit.customer, { conversationId: found.id, messageId, words, dueAt }, visit.now)
  return { go: visit.to(`/help/mine/${found.id}?done=promised`) }
}
