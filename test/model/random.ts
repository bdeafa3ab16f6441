/** Seeded chance, so that a failing run can be told again by its seed. */

export type Chance = {
  below: (n: number) => number
  pick: <T>(from: readonly T[]) => T
  flip: (share?: number) => boolean
}

/** mulberry32: small, and good enough to choose steps. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  return { below, pick: from => from[below(from.length)]!, flip: (share = 0.5) => next() < share }
}
