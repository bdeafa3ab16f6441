/** The fields in which one writes for the community: a line, words, and the steps of a practice. */
import { communityLimits, type TopicKind } from '../../contract/community.ts'
import type { Visit } from '../frame/visit.ts'
import type { Input } from '../page/form.ts'
import { sayIn } from './words.ts'

type Wrong = readonly { field: string; says: string }[]
const troubleIn = (wrong: Wrong, name: string) => wrong.find(({ field }) => field === name)?.says ?? null

export function titleInput(visit: Visit, kind: TopicKind, fields: URLSearchParams, wrong: Wrong): Input {
  return {
    ...{ is: 'line', kind: 'text', name: 'title', label: sayIn(visit.language)(`new.name.${kind}`), hint: null },
    ...{ optional: null, trouble: troubleIn(wrong, 'title'), value: fields.get('title') ?? '' },
    most: communityLimits.title,
  }
}

export function bodyInput(visit: Visit, kind: TopicKind, fields: URLSearchParams, wrong: Wrong): Input {
  const say = sayIn(visit.language)
  return {
    ...{ is: 'long', name: 'text', label: say(`new.body.${kind}`), hint: say(`new.bodyHint.${kind}`), optional: null },
    ...{ trouble: troubleIn(wrong, 'text'), value: fields.get('text') ?? '' },
    ...{ rows: kind === 'practice' ? 3 : 7, most: communityLimits.body },
  }
}

export function stepsInput(visit: Visit, fields: URLSearchParams, wrong: Wrong): Input {
  const say = sayIn(visit.language)
  return {
    ...{ is: 'long', name: 'steps', label: say('new.steps'), hint: say('new.stepsHint'), optional: null },
    ...{ trouble: troubleIn(wrong, 'steps'), value: fields.get('steps') ?? '', rows: 6, most: communityLimits.body },
  }
}

/** One on each line; who numbered them or put signs before them is not shown two. */
export function stepsOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map(line => line.replace(/^\s*(?:\d{1,2}[.)]|[-*•])\s+/, '').trim())
    .filter(Boolean)
}
