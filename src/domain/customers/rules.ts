/** How long links and sessions of customers live, and where one may be sent after signing in. Pure. */

const minute = 60_000
const day = 24 * 60 * minute

/** Long enough to find the mail, short enough that a link found later opens nothing. */
export const linkLives = 30 * minute
/** A session ends after a month without a sign of life, and after three in any case. */
export const sessionLimits = { idle: 30 * day, absolute: 90 * day }

/** Only to a page of ours under /help (S13): a path, no host, no other scheme. */
export function nextOf(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 500) return '/help/mine'
  if (!/^\/help(\/[\w./~%-]*)?(\?[\w.=&%~+-]*)?$/.test(wanted) || wanted.includes('//') || wanted.includes('..'))
    return '/help/mine'
  return wanted.startsWith('/help/sign-in') ? '/help/mine' : wanted
}
