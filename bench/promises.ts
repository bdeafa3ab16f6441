/**
 * How well promises are found in sentences: precision and recall over labelled sentences in five languages. Without `--test` over
 * the half that was kept apart while the rules were written. See README.md for each figure.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisesIn } from '../src/contract/promise-text/index.ts'
import { round, tell } from './lib/figures.ts'

type Line = { text: string; language: string; promised: boolean; due?: string | null; now?: string; zone?: string }

// Tuesday 24 November 2026, 10:42 in Amsterdam: what days and times in the sentences are counted from.
const now = '2026-11-24T09:42:00Z'
const zone = 'Europe/Amsterdam'

const words = process.argv.slice(2)
const at = words.indexOf('--test')
const file = at >= 0 ? (words[at + 1] ?? '') : join(import.meta.dirname, 'promises', 'kept-apart.jsonl')
const unknown = words.filter(
  (word, n) => word !== '--json' && word !== '--wrong' && n !== at && (at < 0 || n !== at + 1),
)
if (unknown.length > 0 || !file) {
  console.error(
    'Options: --json, --test FILE (JSON lines of text, language, promised, due), --wrong to list what was wrong.',
  )
  process.exit(2)
}
const lines = readFileSync(file, 'utf8')
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => JSON.parse(line) as Line)

const read = lines.map(line => {
  const found = promisesIn(line.text, {
    language: line.language || null,
    now: new Date(line.now ?? now),
    zone: line.zone ?? zone,
  })
  return { line, found: found.find(each => each.dueAt) ?? found[0] ?? null }
})
const right = read.filter(({ line, found }) => line.promised && found)
const wrong = read.filter(({ line, found }) => !line.promised && found)
const missed = read.filter(({ line, found }) => line.promised && !found)
// A label without a time says nothing about the day; one with a clock time is compared by its day, too.
const dated = right.filter(({ line }) => /^\d{4}-\d{2}-\d{2}/.test(line.due ?? ''))
const sameDay = dated.filter(({ line, found }) => found?.day === line.due?.slice(0, 10))

if (words.includes('--wrong')) {
  for (const { line } of missed) console.error(`missed  ${line.language}  ${line.text}`)
  for (const { line } of wrong) console.error(`wrong   ${line.language}  ${line.text}`)
  for (const { line, found } of dated)
    if (found?.day !== line.due?.slice(0, 10))
      console.error(`day     ${line.language}  ${line.text}  ${found?.day} (${line.due})`)
}
const share = (some: number, all: number) => (all === 0 ? 1 : round(some / all))
const of = (language: string) => {
  const mine = <T extends { line: Line }>(some: T[]) => some.filter(each => each.line.language === language).length
  return `${share(mine(right), mine(right) + mine(wrong))} / ${share(mine(right), mine(right) + mine(missed))}`
}
const languages = [...new Set(lines.map(line => line.language))]
if (!words.includes('--json')) for (const each of languages) console.error(`${each}: precision / recall ${of(each)}`)
tell(
  {
    sentences: lines.length,
    precision: share(right.length, right.length + wrong.length),
    recall: share(right.length, right.length + missed.length),
    sameDay: share(sameDay.length, dated.length),
  },
  words.includes('--json'),
)
