/** Options while they are written: two to four, each with what follows, until a time. Says what is missing. Pure; draws nothing. */
import type { NewOffer } from '../../contract/options.ts'

export type OptionDraft = {
  /** of this draft alone, for lists on a screen */
  key: string
  words: string
  consequence: string
  cost: string
  /** what we do if it is picked; empty: nothing is promised by it */
  promise: string
  dueAt: string
}
export type OfferDraft = { until: string; options: OptionDraft[] }
const missings = ['options', 'optionsPast', 'optionsEarly', 'optionsSame'] as const
export type OfferMissing = (typeof missings)[number]
export const isOfMissing = (missing: string): missing is OfferMissing => missings.some(each => each === missing)

const day = 86_400_000
export const fewest = 2
export const most = 4

export function emptyOption(until: string): OptionDraft {
  const dueAt = new Date(Date.parse(until) + day).toISOString()
  return { key: crypto.randomUUID(), words: '', consequence: '', cost: '', promise: '', dueAt }
}

export function firstOffer(until: string): OfferDraft {
  return { until, options: [emptyOption(until), emptyOption(until)] }
}

/** A draft comes back as anything: what is no offer is none. */
export function restoredOffer(kept: unknown, now: Date): OfferDraft | null {
  const it = kept as Partial<OfferDraft> | null | undefined
  if (!it || !Array.isArray(it.options) || typeof it.until !== 'string') return null
  const until = Date.parse(it.until) > now.getTime() ? it.until : new Date(now.getTime() + 3 * day).toISOString()
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const options = it.options.slice(0, most).map((one: Partial<OptionDraft>) => ({
    ...emptyOption(until),
    words: text(one?.words),
    consequence: text(one?.consequence),
    cost: text(one?.cost),
    promise: text(one?.promise),
    ...(Date.parse(text(one?.dueAt)) > now.getTime() ? { dueAt: text(one?.dueAt) } : {}),
  }))
  while (options.length < fewest) options.push(emptyOption(until))
  return { until, options }
}

/** As it is sent, or what is missing. */
export function offerOf({ until, options }: OfferDraft, now: Date): { options: NewOffer } | { missing: OfferMissing } {
  const ends = Date.parse(until)
  if (options.length < fewest || options.some(one => !one.words.trim() || !one.consequence.trim()))
    return { missing: 'options' }
  if (!(ends > now.getTime())) return { missing: 'optionsPast' }
  const words = options.map(one => one.words.trim().toLowerCase())
  if (new Set(words).size < words.length) return { missing: 'optionsSame' }
  if (options.some(one => one.promise.trim() && !(Date.parse(one.dueAt) > ends))) return { missing: 'optionsEarly' }
  return {
    options: {
      until,
      options: options.map(one => ({
        words: one.words.trim(),
        consequence: one.consequence.trim(),
        cost: one.cost.trim(),
        promise: one.promise.trim() ? { words: one.promise.trim(), dueAt: one.dueAt } : null,
      })),
    },
  }
}
