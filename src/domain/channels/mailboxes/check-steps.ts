/** The lines of a check: what they say when a step is good, bad or was not tried. */
import type { z } from 'zod'
import type { CheckStep } from '../../../contract/mailboxes.ts'
import { MailTrouble } from '../../../platform/mail/trouble.ts'
import { t } from '../words.ts'
import type { ServerSettings } from './tables.ts'

export type Step = z.output<typeof CheckStep>
export type Gaps = Record<string, unknown>
export const deadlineMs = 8000

export function good(step: Step['step'], says: string, since: number): Step {
  return { step, outcome: 'good', says, remedy: null, took: Date.now() - since }
}
export function bad(step: Step['step'], trouble: MailTrouble, gaps: Gaps, since: number): Step {
  const all = { ...gaps, detail: trouble.detail }
  return {
    step,
    outcome: 'bad',
    says: t(`channels:trouble.${trouble.code}.says`, all),
    remedy: t(`channels:trouble.${trouble.code}.remedy`, all),
    took: Date.now() - since,
  }
}
export function skipped(steps: Step['step'][], says = 'check.notTried'): Step[] {
  return steps.map(step => ({ step, outcome: 'skipped', says: t(`channels:${says}`), remedy: null, took: 0 }))
}
export function failed(steps: Step[]): boolean {
  return steps.some(step => step.outcome === 'bad')
}
export function rest(steps: Step[], all: Step['step'][]): Step['step'][] {
  return all.filter(step => !steps.some(told => told.step === step))
}
/** STARTTLS is tried only with the sign-in: what it says then replaces what was assumed. */
export function once(steps: Step[]): Step[] {
  return steps.filter((step, place) => !steps.some((later, at) => at > place && later.step === step.step))
}

export function placeGaps(place: ServerSettings): Gaps {
  const usual: Record<number, number> = { 993: 143, 143: 993, 465: 587, 587: 465, 25: 587 }
  const security = { tls: 'TLS', starttls: 'STARTTLS', none: '–' }[place.security]
  return { host: place.host, port: place.port, usual: usual[place.port] ?? place.port, security }
}

export async function deadline<T>(act: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new MailTrouble('no-answer', 'no answer in time')), deadlineMs)
  })
  try {
    return await Promise.race([act, late])
  } finally {
    clearTimeout(timer)
  }
}
