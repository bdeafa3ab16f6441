/** Whose is an address that a mail server names as recipient? Pure; refuses what is no address of ours. */
import { readAddress } from '../../people/index.ts'

/** Normalised addresses and aliases, with their mailbox. */
export type OwnAddresses = ReadonlyMap<string, string>

export function normalOf(address: string): string {
  return readAddress(address)?.normal ?? address.toLowerCase()
}

/** A part behind "+" (a signed token, or anything a person added) leads to the same mailbox. */
export function ownerOf(address: string, own: OwnAddresses): string | null {
  const normal = normalOf(address)
  const exact = own.get(normal)
  if (exact !== undefined) return exact
  const at = normal.lastIndexOf('@')
  const plus = normal.indexOf('+')
  return plus < 1 || plus > at ? null : (own.get(normal.slice(0, plus) + normal.slice(at)) ?? null)
}
