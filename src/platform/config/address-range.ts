/** Tells whether a text is an IP address or a range in CIDR form. Refuses names: a proxy is trusted by its address alone. */
import { isIP } from 'node:net'

export function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}
