/** What the address of the pond holds: what is shown, narrowed and sorted, and who is looked at. */

const shows = ['mine', 'owed', 'past', 'keeperless'] as const
const sorts = ['who', 'touch', 'rhythm', 'keeper'] as const
export type PondSearch = {
  /** without it: the picture, on a phone the table */
  as?: 'picture' | 'table'
  show?: (typeof shows)[number]
  q?: string
  sort?: (typeof sorts)[number]
  down?: true
  at?: string
}

function oneOf<T extends string>(all: readonly T[], value: unknown): T | undefined {
  return all.find(each => each === value)
}

/** Only what fits: an address is written by anybody. */
export function pondSearch(search: Record<string, unknown>): PondSearch {
  const [as, show, sort] = [
    oneOf(['picture', 'table'] as const, search.as),
    oneOf(shows, search.show),
    oneOf(sorts, search.sort),
  ]
  const q = typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q).slice(0, 100) : ''
  return {
    ...(as ? { as } : {}),
    ...(show ? { show } : {}),
    ...(q ? { q } : {}),
    ...(sort ? { sort } : {}),
    ...(search.down === true ? { down: true as const } : {}),
    ...(typeof search.at === 'string' && /^[0-9a-f-]{36}$/.test(search.at) ? { at: search.at } : {}),
  }
}
