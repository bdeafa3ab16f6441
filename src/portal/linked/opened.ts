/** A link that somebody opened: held against the address it was made for, before anything is said of what it leads to. */
import { type LinkClaim, linkStands, readLink } from '../../domain/channels/index.ts'
import { addressByNumber, type NumberedAddress } from '../../domain/people/index.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { type Around, around } from '../frame/around.ts'
import type { House } from '../frame/house.ts'
import type { Page } from '../page.ts'

export type Parts = {
  db: Db
  /** links are signed with the first, all are accepted */
  keys: readonly Buffer[]
  render: (page: Page) => string
  /** changes, and tells whoever follows the log */
  change: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>
}

export type Asked = { token: string; choice: string | null; accepts: string | undefined; house: House; now: Date }

export type Opened = Asked & {
  parts: Parts
  claim: LinkClaim
  address: NumberedAddress
  expired: boolean
  /** in the language of what it leads to */
  around: (language: string | null) => Around
}

export type Shown = { status: number; page: Page }
/** A page, or where the answer to a pressed button stands. */
export type Acted = Shown | { go: string }

/** Null for what this installation never wrote, or wrote to an address it no longer knows. */
export async function openLink(parts: Parts, asked: Asked): Promise<Opened | null> {
  const claim = readLink(asked.token)
  const address = claim && (await addressByNumber(parts.db, claim.addressNumber))
  if (!claim || !address) return null
  const standing = linkStands(claim, address.normal, parts.keys, asked.now)
  if (standing === 'altered') return null
  return {
    ...asked,
    parts,
    claim,
    address,
    expired: standing === 'expired',
    around: language => around({ address, language, ...asked }),
  }
}
