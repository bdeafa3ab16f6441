/** What the next-step chooser holds while somebody writes, and when it is a next step that can be sent. Pure; draws nothing. */
import type { z } from 'zod'
import type { NextStep, Reason } from '../../contract/conversations.ts'
import type { NewOffer } from '../../contract/options.ts'
import { type OfferDraft, type OfferMissing, offerOf, restoredOffer } from '../outside/offerDraft.ts'
import { type Kept, restoredPromised } from '../promises/offers/promised.ts'

export const steps = ['we-get-back', 'your-turn', 'answered', 'we-cannot', 'nothing-owed'] as const
export type Step = (typeof steps)[number]
export const reasons = ['thanks', 'for-information', 'duplicate', 'no-answer-needed', 'other'] as const

/** Everything the chooser may hold at once, so that going from one step to another and back loses no word. */
export type Choices = {
  is: Step
  words: string
  dueAt: string
  askAgainAt: string
  theirWords: string
  theirDueAt: string
  followUpAt: string
  personalWord: string
  alternative: 'offer' | 'none' | 'options'
  alternativeWords: string
  because: z.infer<typeof Reason> | null
  /** what they may pick from */
  offer: OfferDraft | null
  /** saved replies that stand in the words */
  used: string[]
  /** promised beside the next step; each by a yes */
  promised: Kept[]
}

export type Suggested = { getBackAt: string; askAgainAt: string; followUpAt: string }

export function firstChoices(suggested: Suggested): Choices {
  return {
    is: 'we-get-back',
    words: '',
    dueAt: suggested.getBackAt,
    askAgainAt: suggested.askAgainAt,
    theirWords: '',
    theirDueAt: suggested.askAgainAt,
    followUpAt: suggested.followUpAt,
    personalWord: '',
    alternative: 'offer',
    alternativeWords: '',
    because: null,
    offer: null,
    used: [],
    promised: [],
  }
}

/** A draft's choices come back as anything: what is not a choice is left out, and times long past start afresh. */
export function restoredChoices(kept: Record<string, unknown>, suggested: Suggested, now: Date): Choices {
  const fresh = firstChoices(suggested)
  const chosen = { ...fresh }
  const text = (key: string) => (typeof kept[key] === 'string' ? (kept[key] as string) : undefined)
  const time = (key: string) => {
    const moment = Date.parse(text(key) ?? '')
    return moment > now.getTime() ? new Date(moment).toISOString() : undefined
  }
  chosen.is = steps.find(step => step === kept.is) ?? fresh.is
  for (const key of ['words', 'theirWords', 'personalWord', 'alternativeWords'] as const) chosen[key] = text(key) ?? ''
  for (const key of ['dueAt', 'askAgainAt', 'theirDueAt', 'followUpAt'] as const) chosen[key] = time(key) ?? fresh[key]
  chosen.alternative = kept.alternative === 'none' || kept.alternative === 'options' ? kept.alternative : 'offer'
  chosen.offer = restoredOffer(kept.offer, now)
  chosen.used = Array.isArray(kept.used) ? kept.used.filter(id => typeof id === 'string') : []
  chosen.promised = restoredPromised(kept.promised, now)
  chosen.because = reasons.find(reason => reason === kept.because) ?? null
  return chosen
}

/** What is still missing, as keys of the catalogue (`compose.missing.…`); the first is shown, and where it belongs. */
export type Missing = 'words' | 'past' | 'theirPast' | 'personalWord' | 'alternative' | 'because' | OfferMissing

/** Steps after which something still happens: only with these can somebody be asked to choose. */
export function takesOptions(is: Step): boolean {
  return is !== 'answered' && is !== 'nothing-owed'
}

/** The next step and its options as they are sent, or what is missing. */
export function nextStepOf(chosen: Choices, now: Date): { step: NextStep; options?: NewOffer } | { missing: Missing } {
  const step = stepOf(chosen, now)
  const asksForSome = chosen.is === 'we-cannot' && chosen.alternative === 'options'
  if ('missing' in step || !takesOptions(chosen.is)) return step
  if (!chosen.offer) return asksForSome ? { missing: 'options' } : step
  const offer = offerOf(chosen.offer, now)
  return 'missing' in offer ? offer : { ...step, ...offer }
}

function stepOf(chosen: Choices, now: Date): { step: NextStep } | { missing: Missing } {
  const isPast = (moment: string) => !(Date.parse(moment) > now.getTime())
  switch (chosen.is) {
    case 'we-get-back':
      if (!chosen.words.trim()) return { missing: 'words' }
      if (isPast(chosen.dueAt)) return { missing: 'past' }
      return { step: { is: 'we-get-back', words: chosen.words.trim(), dueAt: chosen.dueAt, kind: 'reply' } }
    case 'your-turn': {
      if (isPast(chosen.askAgainAt)) return { missing: 'past' }
      const step: NextStep = { is: 'your-turn', askAgainAt: chosen.askAgainAt }
      if (!chosen.theirWords.trim()) return { step }
      if (isPast(chosen.theirDueAt)) return { missing: 'theirPast' }
      return { step: { ...step, theirs: { words: chosen.theirWords.trim(), dueAt: chosen.theirDueAt } } }
    }
    case 'answered':
      if (isPast(chosen.followUpAt)) return { missing: 'past' }
      return { step: { is: 'answered', followUpAt: chosen.followUpAt } }
    case 'we-cannot': {
      if (!chosen.personalWord.trim()) return { missing: 'personalWord' }
      const words = chosen.alternativeWords.trim()
      if (!words && chosen.alternative !== 'options') return { missing: 'alternative' }
      if (isPast(chosen.followUpAt)) return { missing: 'past' }
      const alternative =
        chosen.alternative === 'options'
          ? { is: 'options' as const }
          : chosen.alternative === 'offer'
            ? { is: 'offer' as const, words }
            : { is: 'none' as const, because: words }
      const personalWord = chosen.personalWord.trim()
      return { step: { is: 'we-cannot', personalWord, alternative, followUpAt: chosen.followUpAt } }
    }
    case 'nothing-owed':
      return chosen.because ? { step: { is: 'nothing-owed', because: chosen.because } } : { missing: 'because' }
  }
}

/** How our promise stands to what they need: only a promise of ours can be late for it. */
export function againstNeed(chosen: Choices, neededBy: string | null): 'late' | 'in-time' | null {
  if (neededBy === null || chosen.is !== 'we-get-back') return null
  return Date.parse(chosen.dueAt) > Date.parse(neededBy) ? 'late' : 'in-time'
}
