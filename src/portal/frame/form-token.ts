/** A token for one pressing of a button: it holds for a link, for how things stood when the page was drawn, and for a day. Keeps nothing and needs no cookie: what was pressed changes how things stand. */
import { createHmac, timingSafeEqual } from 'node:crypto'

const dayMs = 86_400_000

export function formToken(link: string, stands: string, keys: readonly Buffer[], now: Date): string {
  const key = keys[0]
  if (!key) throw new Error('signing needs a key')
  const made = Math.floor(now.getTime() / 1000).toString(36)
  return `${made}.${signed(link, stands, made, key)}`
}

export function formHolds(token: string, link: string, stands: string, keys: readonly Buffer[], now: Date): boolean {
  const [made = '', signature = ''] = token.split('.', 2)
  const age = now.getTime() - Number.parseInt(made, 36) * 1000
  // A clock may go a little back.
  if (!(age > -60_000 && age < dayMs)) return false
  return keys.some(key => {
    const ours = Buffer.from(signed(link, stands, made, key))
    const given = Buffer.from(signature)
    return ours.length === given.length && timingSafeEqual(ours, given)
  })
}

function signed(link: string, stands: string, made: string, key: Buffer): string {
  return createHmac('sha256', key).update(['form', link, stands, made].join('\0')).digest('hex').slice(0, 32)
}
