/** What the address of Insight holds besides its page: the period and the team. */

export type InsightSearch = { days?: '7' | '90' | '365'; from?: string; to?: string; team?: string }

/** Only what fits: an address is written by anybody. */
export function insightSearch(search: Record<string, unknown>): InsightSearch {
  const day = (value: unknown) =>
    typeof value === 'string' && /^(199|20|21)\d+-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
  const days = (['7', '90', '365'] as const).find(each => each === String(search.days))
  return {
    ...(days ? { days } : {}),
    ...(day(search.from) ? { from: search.from as string } : {}),
    ...(day(search.to) ? { to: search.to as string } : {}),
    ...(typeof search.team === 'string' && /^[0-9a-f-]{36}$/.test(search.team) ? { team: search.team } : {}),
  }
}
