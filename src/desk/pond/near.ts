/** Who lies next, for arrow keys and for the pointer. Pure. */
export type Direction = 'left' | 'right' | 'up' | 'down'
type Places = { x: Float32Array; y: Float32Array }

/** Of those in that direction the nearest, one off to the side counting as further; itself where nobody is. */
export function neighbour({ x, y }: Places, from: number, to: Direction): number {
  let [best, least] = [from, Number.POSITIVE_INFINITY]
  for (let n = 0; n < x.length; n++) {
    const [dx, dy] = [x[n]! - x[from]!, y[n]! - y[from]!]
    const ahead = to === 'right' ? dx : to === 'left' ? -dx : to === 'down' ? dy : -dy
    const aside = Math.abs(to === 'right' || to === 'left' ? dy : dx)
    if (n === from || ahead <= 0 || ahead < aside * 0.5) continue
    const far = ahead + 2 * aside
    if (far < least) [best, least] = [n, far]
  }
  return best
}

/** Whoever lies under this point, or next to it within `reach`; -1: nobody. */
export function nearest({ x, y }: Places, px: number, py: number, reach: number): number {
  let [best, least] = [-1, reach * reach]
  for (let n = 0; n < x.length; n++) {
    const far = (x[n]! - px) ** 2 + (y[n]! - py) ** 2
    if (far < least) [best, least] = [n, far]
  }
  return best
}
