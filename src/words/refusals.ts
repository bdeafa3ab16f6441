/** The sentence for a refusal, in the language of who asks. Slices add theirs to the part `refusal`; the general ones stand here. */
import { addWords, catalogue } from './catalogue.ts'
import words from './en/refusals.json' with { type: 'json' }
import { nearest } from './languages.ts'

addWords('en', 'refusal', words.refusal)

/** `language` is an Accept-Language header; a code without a sentence of its own gets the general one. */
export function refusalSentence(code: string, facts: Record<string, unknown>, language: string | undefined) {
  const lng = nearest((language ?? '').split(',').map(each => each.split(';')[0]?.trim()))
  const say = (part: 'title' | 'detail') =>
    String(catalogue.t([`refusal:${code}.${part}`, `refusal:broken.${part}`], { ...facts, lng }))
  return { title: say('title'), detail: say('detail') }
}
