/** What part of the pond is looked at: moving and zooming as arithmetic. Pure; x and y name what lies in the middle, in the pond's own pixels. */
import { flat, type Laid } from './layout.ts'

export type View = { x: number; y: number; scale: number }
export type Screen = { width: number; height: number }

const [smallest, largest] = [0.02, 4]
const clamped = (scale: number) => Math.min(largest, Math.max(smallest, scale))

/** Everyone, at least as far as three months, with room for names; the middle in the middle, and never larger than drawn. */
export function fitting(laid: Laid, { width, height }: Screen): View {
  let [far, high] = [laid.rings[2], laid.rings[2] * flat]
  for (let n = 0; n < laid.x.length; n++) {
    far = Math.max(far, Math.abs(laid.x[n]!))
    high = Math.max(high, Math.abs(laid.y[n]!))
  }
  const scale = clamped(Math.min(1, (width - 84) / (2 * far), (height - 108) / (2 * high)))
  return { x: 0, y: -8 / scale, scale }
}

export function moved(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale }
}

/** What lies under the point stays under it. */
export function zoomed(view: View, by: number, at: { x: number; y: number }, screen: Screen): View {
  const scale = clamped(view.scale * by)
  const [px, py] = [at.x - screen.width / 2, at.y - screen.height / 2]
  return { x: view.x + px / view.scale - px / scale, y: view.y + py / view.scale - py / scale, scale }
}

export const toScreen = (view: View, { width, height }: Screen, x: number, y: number) =>
  [(x - view.x) * view.scale + width / 2, (y - view.y) * view.scale + height / 2] as const

export const toPond = (view: View, { width, height }: Screen, x: number, y: number) =>
  [(x - width / 2) / view.scale + view.x, (y - height / 2) / view.scale + view.y] as const

/** Nobody goes so far out that nothing is to be seen. */
export function kept(view: View, rings: readonly number[]): View {
  const far = rings.at(-1)!
  const within = (value: number) => Math.min(far, Math.max(-far, value))
  return { ...view, x: within(view.x), y: within(view.y) }
}

/** So much that somebody comes into sight who lies outside, and no more. */
export function showing(view: View, screen: Screen, x: number, y: number): View {
  const room = 70
  const [sx, sy] = toScreen(view, screen, x, y)
  const dx = sx < room ? room - sx : sx > screen.width - room ? screen.width - room - sx : 0
  const dy = sy < room ? room - sy : sy > screen.height - room ? screen.height - room - sy : 0
  return dx || dy ? moved(view, dx, dy) : view
}
