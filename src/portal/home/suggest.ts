/** What may answer already what somebody writes to us: beside the form, never between them and Send. "This answered it" goes the way of every "was this helpful". */
import { secondsToWait, suggestBuckets } from '../../domain/access/index.ts'
import { formToken } from '../frame/form-token.ts'
import { fieldsOf } from '../frame/posted.ts'
import { type Site, troubleShown } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import type { Suggestion } from '../page/form.ts'
import type { Answers } from './answers.ts'

export const suggestPath = '/help/suggest'
const longest = 4000

export function suggestPages(site: Site, answers: Answers) {
  site.post(suggestPath, async (visit, request) => {
    if ((await secondsToWait(visit.db, suggestBuckets(visit.ip), visit.now)) > 0) return troubleShown(visit, 429)
    const { fields } = await fieldsOf(request)
    const each = await suggestionsFor(visit, answers, fields, site.parts.keys)
    const peek = each.length > 0 ? visit.say('ask.peek', { count: each.length }) : ''
    return {
      type: 'application/json; charset=utf-8',
      headers: { 'cache-control': 'no-store' },
      body: JSON.stringify({ peek, each }),
    }
  })
}

export async function suggestionsFor(
  visit: Visit,
  answers: Answers,
  fields: URLSearchParams,
  keys: readonly Buffer[],
): Promise<Suggestion[]> {
  const text = `${fields.get('subject') ?? fields.get('title') ?? ''}\n${fields.get('text') ?? ''}`
    .slice(0, longest)
    .replaceAll('\0', '')
  if (text.trim() === '') return []
  const { say, to, customer, language, now } = visit
  const found = await answers.suggest(text, { personId: customer?.personId ?? null, language })
  return found.map(({ title, path, beneath, rates }) => ({
    ...{ label: title, address: to(path), beneath },
    press: rates
      ? {
          ...{ action: to(path), token: formToken(rates, 'rate', keys, now) },
          ...{ label: say('ask.answered'), thanks: say('ask.answeredThanks') },
        }
      : null,
  }))
}
