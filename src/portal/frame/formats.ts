/** Formats of times and lists, each made once for a language and a zone: making one takes longer than a hundred uses. */
const most = 400

function once<Key extends unknown[], Format>(make: (...key: Key) => Format): (...key: Key) => Format {
  const made = new Map<string, Format>()
  return (...key) => {
    const name = JSON.stringify(key)
    const before = made.get(name)
    if (before) return before
    if (made.size >= most) made.clear()
    const format = make(...key)
    made.set(name, format)
    return format
  }
}

export const dateFormat = once(
  (language: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options),
)
export const farFormat = once((language: string) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))
export const listFormat = once(
  (language: string, type: 'disjunction' | 'conjunction') => new Intl.ListFormat(language, { type }),
)
