/** Another spelling where nothing was found. A word is suggested only when the search with it finds something the actor may see (I9). */
import { printFilter, type Term } from '../../../contract/filter-text.ts'
import type { Db } from '../../../platform/db/index.ts'
import type { Member } from '../../access/index.ts'
import { type Statistics, unitsOf, wordsNear } from '../../search/index.ts'
import type { Filter } from '../queries/filter.ts'
import { patiently } from '../queries/list.ts'
import { matchesOf } from './matches.ts'

type Failed = { actor: Member; terms: readonly Term[]; statistics: Statistics; filter: Filter; now: Date }

/** So many searches are tried at most. */
const most = 12

export async function otherSpelling(db: Db, failed: Failed): Promise<string | null> {
  const { terms } = failed
  const doubtful: { at: number; near: string[] }[] = []
  for (const [at, term] of terms.entries()) {
    if (term.is !== 'word' || term.not || (await finds(db, failed, [term.text]))) continue
    const [unit] = await unitsOf(db, failed.statistics, { words: [term.text], phrases: [] })
    if (unit?.tokens.length === 1) doubtful.push({ at, near: await wordsNear(db, unit.tokens[0]!.word) })
  }
  if (doubtful.length === 0 || doubtful.length > 3 || doubtful.some(each => each.near.length === 0)) return null
  let left = most
  const chosen = [...terms]
  for (const { at, near } of doubtful) {
    let better: string | undefined
    for (const word of near) {
      if (left-- <= 0) return null
      if (await finds(db, failed, [word])) {
        better = word
        break
      }
    }
    if (!better) return null
    chosen[at] = { is: 'word', text: better, not: false }
  }
  return printFilter(chosen)
}

async function finds(db: Db, { actor, statistics, filter, now }: Failed, words: string[]): Promise<boolean> {
  const units = await unitsOf(db, statistics, { words, phrases: [] })
  if (units.length === 0) return true
  const asked = {
    actor,
    units,
    statistics,
    filter,
    narrow: undefined,
    sort: 'newest' as const,
    after: undefined,
    limit: 1,
    now,
  }
  return (await patiently(db, on => matchesOf(on, asked))).matches.length > 0
}
