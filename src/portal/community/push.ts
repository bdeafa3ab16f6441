/** What is pressed on the page of a topic, and the tokens that stand for one pressing of whoever is signed in. */

import { formToken } from '../frame/form-token.ts'
import type { Visit } from '../frame/visit.ts'
import type { Push } from '../page/community.ts'
import type { FormBody } from '../page/form.ts'
import type { Found } from './structured.ts'

/** What was typed, and what is wrong with it. */
export type Typed = {
  text?: string
  tried?: string
  answersTo?: number | null
  wrong?: { field: string; says: string }
  notice?: string | null
  /** under which their words were kept */
  kept?: string
}
export type Stopped = { until: string | null; because: string } | null
/** Holds for this topic and whoever is signed in, for a day. */
export function topicToken(visit: Visit, topicId: string, keys: readonly Buffer[]): string {
  return formToken(topicId, visit.customer?.sessionId ?? '', keys, visit.now)
}

export type Around = { visit: Visit; found: Found; keys: readonly Buffer[]; path: string }

export function push(
  { visit, found, keys, path }: Around,
  act: string,
  label: string,
  more: Record<string, string>,
): Push {
  return {
    label,
    action: visit.to(path),
    hidden: [
      { name: 'form', value: topicToken(visit, found.topic.id, keys) },
      { name: 'act', value: act },
      ...Object.entries(more).map(([name, value]) => ({ name, value })),
    ],
    pressed: false,
  }
}

export function hiddenOf({ visit, found, keys }: Around, act: string, press: string): FormBody['hidden'] {
  if (!visit.customer) return [{ name: 'act', value: act }]
  return [
    { name: 'form', value: topicToken(visit, found.topic.id, keys) },
    { name: 'act', value: act },
    { name: 'press', value: press },
  ]
}
