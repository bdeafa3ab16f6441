/** Tells a person at the command line what went wrong: a sentence for what they can change, all there is for a bug. */
import { BackupProblem } from '../platform/backup/index.ts'
import { ConfigProblem } from '../platform/config/config.ts'
import { MigrationProblem } from '../platform/db/index.ts'
import { Refusal } from '../platform/http/index.ts'
import { refusalSentence } from '../words/refusals.ts'

const readable = [ConfigProblem, MigrationProblem, BackupProblem]

/** Exit codes: 1 it could not be done, 2 wrong configuration or arguments, 70 a bug. */
export function explain(error: unknown): void {
  if (error instanceof ConfigProblem) process.exitCode = 2
  else process.exitCode = 1
  if (readable.some(kind => error instanceof kind)) console.error((error as Error).message)
  else if (error instanceof Refusal) console.error(sentenceOf(error))
  else if ((error as NodeJS.ErrnoException)?.code) console.error(`It could not be done: ${(error as Error).message}`)
  else {
    console.error('This is a bug in Pond; please report it with these lines:')
    console.error(error)
    process.exitCode = 70
  }
}

function sentenceOf(refusal: Refusal): string {
  const { title, detail } = refusalSentence(refusal.code, refusal.facts, undefined)
  return detail ? `${title}. ${detail}` : title
}
