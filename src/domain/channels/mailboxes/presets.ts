/** Settings for an address: of the provider people know by its domain or its mail servers; for others the names that are usual. Asks no server. */
import { byMx } from './domain-signs.ts'
import { type Known, known, type Server, submit, tls } from './providers.ts'
import type { Provider } from './tables.ts'

export type Preset = {
  provider: string | null
  imap: Server & { user: string; folder: string }
  smtp: Server & { user: string }
  oauth: Provider | null
  plusAddressing: boolean
  advice: NonNullable<Known['advice']> | 'guess' | null
}

/** `mx`: the names of the domain's mail servers, where they could be looked up. */
export function presetFor(address: string, mx: readonly string[] = []): Preset {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  const named = byMx.find(([end]) => mx.some(name => end.test(name.toLowerCase().replace(/\.$/, ''))))?.[1]
  const found =
    known.find(each => each.domains.some(own => domain === own || domain.endsWith(`.${own}`))) ??
    known.find(each => each.provider === named)
  if (found) {
    return {
      provider: found.provider,
      imap: { ...found.imap, user: address, folder: 'INBOX' },
      smtp: { ...found.smtp, user: address },
      oauth: found.oauth ?? null,
      plusAddressing: found.plus ?? false,
      advice: found.advice ?? null,
    }
  }
  return {
    provider: null,
    imap: { ...tls(`imap.${domain}`), user: address, folder: 'INBOX' },
    smtp: { ...submit(`smtp.${domain}`), user: address },
    oauth: null,
    plusAddressing: false,
    advice: 'guess',
  }
}
