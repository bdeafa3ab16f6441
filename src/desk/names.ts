/** A list of names that a value must be one of: what remains on the desk of the contract's lists. Reads like the shape it stands for; refuses every other value. */
type Read<N> = { success: true; data: N } | { success: false; data?: undefined }

export function namesOf<const N extends string>(options: readonly N[]) {
  const safeParse = (value: unknown): Read<N> => {
    const data = options.find(name => name === value)
    return data === undefined ? { success: false } : { success: true, data }
  }
  const parse = (value: unknown): N => {
    const read = safeParse(value)
    if (!read.success) throw new TypeError(`${String(value)} is none of ${options.join(', ')}`)
    return read.data
  }
  return { options, safeParse, parse }
}
