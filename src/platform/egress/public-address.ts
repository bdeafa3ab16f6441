/** Which addresses the world may point us at: public ones of the internet, and ranges the operator named. Everything inside our own network, and every form that leads there, is refused (S6). */
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
export type Ranges = readonly [Address, number][]

/** Public by its number and yet the inside of a cloud: it answers every machine there with its secrets. */
const insideClouds = new Set(['168.63.129.16'])
/** What the internet routes today; everything else of IPv6 is special or not given out. */
const routed = ipaddr.IPv6.parseCIDR('2000::/3')

export function readRanges(texts: readonly string[]): Ranges {
  return texts.map(text => {
    if (text.includes('/')) return ipaddr.parseCIDR(text) as [Address, number]
    const address = ipaddr.parse(text)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  })
}

/** `text` is an address as a resolver or a socket writes it; a name is none. */
export function mayConnectTo(text: string, allowed: Ranges = []): boolean {
  const bare = text.replace(/%.*$/, '')
  if (isIP(bare) === 0) return false
  // Hexadecimal first: "::1.2.3.4" is not what the parser takes it for. `process` unwraps ::ffff:a.b.c.d, which the system would connect to as a.b.c.d.
  const address = ipaddr.process(isIP(bare) === 6 ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : bare)
  return (
    isPublic(address) ||
    allowed.some(([range, bits]) => range.kind() === address.kind() && address.match(range as never, bits))
  )
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false
  if (address.kind() === 'ipv4') return !insideClouds.has(address.toString())
  return (address as ipaddr.IPv6).match(routed)
}
