/** Every time zone this browser knows, with the one in use first if it is none of them. */
export function zones(current: string): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return known.includes(current) ? known : [current, ...known]
}
