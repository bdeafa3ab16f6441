/** A host of its own for the pages outside: whatever is asked for there is one of them, never the desk. Knows the host from the database; another process may change it. */

import { wholeInstallation } from '../../domain/access/index.ts'
import { portalSettingsIn } from '../../domain/customers/index.ts'
import type { Db } from '../../platform/db/index.ts'
import type { House } from './house.ts'

export type Hosts = {
  /** the path that is meant when `url` is asked for at `host` */
  rewrite: (host: string | undefined, url: string) => string
  /** may a form come from there? */
  isOurs: (origin: string) => boolean
  origin: (house: Pick<House, 'portal'>) => string
  renew: () => Promise<void>
  stop: () => void
}

const every = 15_000
const shared = /^\/(help|o|look)(\/|\?|$)|^\/(robots\.txt|sitemap\.xml)(\?|$)/

export function followHost({ db, baseUrl }: { db: Db; baseUrl: URL }): Hosts {
  let host: string | null = null
  const renew = async () => {
    const { on, host: named } = portalSettingsIn((await wholeInstallation(db)).settings)
    host = on ? named : null
  }
  // What is not there now is there next time; a page says so when the database is away.
  const again = setInterval(() => void renew().catch(() => {}), every)
  again.unref()
  const originAt = (named: string) => `${baseUrl.protocol}//${named}`
  return {
    renew,
    stop: () => clearInterval(again),
    rewrite: (asked, url) => (host !== null && asked?.toLowerCase() === host ? within(url) : url),
    isOurs: origin => host !== null && origin === originAt(host),
    origin: ({ portal }) => (portal.host ? originAt(portal.host) : baseUrl.origin),
  }
}

function within(url: string): string {
  if (shared.test(url)) return url
  return url === '/' || url.startsWith('/?') ? `/help${url.slice(1)}` : `/help${url}`
}
