/** The pond's rows as screens read them, and what one may narrow and sort them by. Pure. */
import { type Owed, Oweds, type PondRow, type pond } from '../../contract/pond.ts'
import { initials } from '../../ui/index.ts'
import type { Output } from '../api.ts'
import { mostNamed, type Stone } from './layout.ts'

export type Relation = {
  id: string
  is: 'person' | 'organisation'
  name: string
  initials: string
  lastAt: number | null
  rhythm: number | null
  keeper: { id: string; name: string } | null
  owed: Owed
  due: number | null
  /** from when on it is past its rhythm */
  quietAt: number | null
}

const minute = 60_000
const moment = (minutes: number | null) => (minutes === null ? null : minutes * minute)

export function relationsFrom({ rows, keepers }: Output<typeof pond>): Relation[] {
  return rows.map(([id, organisation, name, lastAt, rhythm, keeper, owed, due, quietAt]: PondRow) => ({
    id,
    is: organisation ? 'organisation' : 'person',
    name,
    initials: initials(name),
    lastAt: moment(lastAt),
    rhythm,
    keeper: keepers[keeper] ?? null,
    owed: Oweds[owed] ?? 'nothing',
    due: moment(due),
    quietAt: moment(quietAt),
  }))
}

export const shows = ['all', 'mine', 'owed', 'past', 'keeperless'] as const
export type Show = (typeof shows)[number]
export const sorts = ['owed', 'who', 'touch', 'rhythm', 'keeper'] as const
export type Sort = (typeof sorts)[number]

const day = 86_400_000
export const daysSince = (at: number, now: number) => Math.max(0, (now - at) / day)
export const isPast = ({ quietAt }: Relation, now: number) => quietAt !== null && quietAt < now

export function narrowed(all: readonly Relation[], by: { show: Show; q: string; me: string; now: number }): Relation[] {
  const sought = plain(by.q).split(/\s+/).filter(Boolean)
  return all.filter(each => {
    if (by.show === 'mine' && each.keeper?.id !== by.me) return false
    if (by.show === 'owed' && each.owed === 'nothing') return false
    if (by.show === 'past' && !isPast(each, by.now)) return false
    if (by.show === 'keeperless' && each.keeper !== null) return false
    if (sought.length === 0) return true
    const name = plain(each.name)
    return sought.every(word => name.includes(word))
  })
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** As a table stands at first: those owed, the latest first; then the quietest. */
export function sorted(all: readonly Relation[], by: Sort, down: boolean, language: string): Relation[] {
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true })
  const byName = (a: Relation, b: Relation) => collator.compare(a.name, b.name)
  const least = Number.NEGATIVE_INFINITY
  const byTouch = (a: Relation, b: Relation) => (a.lastAt ?? least) - (b.lastAt ?? least)
  const rules: Record<Sort, (a: Relation, b: Relation) => number> = {
    who: byName,
    touch: byTouch,
    owed: (a, b) => Oweds.indexOf(a.owed) - Oweds.indexOf(b.owed) || (a.due ?? 0) - (b.due ?? 0) || byTouch(a, b),
    rhythm: (a, b) => (a.rhythm ?? 1e9) - (b.rhythm ?? 1e9),
    keeper: (a, b) =>
      Number(a.keeper === null) - Number(b.keeper === null) ||
      collator.compare(a.keeper?.name ?? '', b.keeper?.name ?? ''),
  }
  const rule = rules[by]
  return [...all].sort((a, b) => (down ? -rule(a, b) : rule(a, b)) || byName(a, b))
}

/** Names have their room beside everyone where there are few. Their width is guessed, so that all lie alike whatever the font. */
export function stonesFrom(all: readonly Relation[], now: number): Stone[] {
  const named = all.length <= mostNamed
  return all.map(({ id, name, lastAt, owed }) => ({
    id,
    days: lastAt === null ? null : daysSince(lastAt, now),
    wide: named ? Math.min(longestName, Math.max(34, guessedWidth(name))) : 0,
    owed: owed !== 'nothing',
  }))
}

export const longestName = 124
function guessedWidth(name: string): number {
  let wide = 0
  for (const sign of name) wide += /[\u2e80-\uffdc]/.test(sign) ? 12.5 : /[MWmw@]/.test(sign) ? 9 : 6.1
  return wide
}
