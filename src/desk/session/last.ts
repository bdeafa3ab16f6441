/** Who signed in here last: a first name and an address, kept in this browser to greet them. Never a password. */
type Last = { name: string; address: string }
const key = 'pond-last'

export function lastHere(): Last | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Last> | null
    return typeof kept?.name === 'string' && typeof kept.address === 'string' ? (kept as Last) : null
  } catch {
    return null
  }
}

export function rememberHere(who: Last | null) {
  try {
    if (who) localStorage.setItem(key, JSON.stringify({ name: who.name, address: who.address }))
    else localStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing simply greets nobody by name.
  }
}
