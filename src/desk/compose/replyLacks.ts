/** What a reply still needs before it can be sent; the first of it is said, as a key of the catalogue (`compose:missing.…`). Pure. */
import type { Who } from './addresses.ts'
import { saysNothing } from './draftChoice.ts'
import type { Missing, nextStepOf } from './nextStep.ts'

export type Lacks = Missing | 'body' | 'to' | 'address' | 'files' | 'tooMuch' | null

type Ready = {
  html: string
  people: readonly Who[]
  step: ReturnType<typeof nextStepOf>
  files: { busy: boolean; failed: boolean; tooMuch: boolean }
  /** closed with a reason and no word: nobody gets anything */
  quiet: boolean
  /** in a chat they read it when they come back */
  mayBeNobody?: boolean
}

export function lacksOf({ html, people, step, files, quiet, mayBeNobody }: Ready): Lacks {
  if (!quiet && saysNothing(html)) return 'body'
  if (!quiet && !mayBeNobody && people.length === 0) return 'to'
  if (!quiet && people.some(one => one.wrong)) return 'address'
  if (files.busy || files.failed) return 'files'
  if (files.tooMuch) return 'tooMuch'
  return 'missing' in step ? step.missing : null
}

/** What the chooser of the next step marks itself. */
export function stepLacks(lacks: Lacks): Missing | null {
  return lacks === 'body' || lacks === 'to' || lacks === 'address' || lacks === 'files' || lacks === 'tooMuch'
    ? null
    : lacks
}
