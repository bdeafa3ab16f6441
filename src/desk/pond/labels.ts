/** Whose names stand beside them at this zoom: those owed first, then whoever has room; over nobody else. Pure, and the same wherever one looks. */
import { Oweds } from '../../contract/pond.ts'
import { type Laid, mostNamed, size } from './layout.ts'
import type { Relation } from './relations.ts'

export type Named = { name: string; wide: number; time: string | null; timeWide: number }

const [line, gap] = [16, 3]
const crowdedBelow = 0.8
/** From this radius on initials are drawn. */
export const readable = 9

export function namedAt(
  relations: readonly Relation[],
  laid: Laid,
  texts: readonly Named[],
  scale: number,
): Uint8Array {
  const shown = new Uint8Array(relations.length)
  const radius = radiusAt(scale)
  const cell = 64
  // So small that initials can't be read, a name here and there would say nothing: then only those owed have theirs.
  // Few have their room from the start, also a little closer together than they were laid.
  if (relations.length <= mostNamed && scale >= crowdedBelow) return shown.fill(1)
  const pressing = relations.length > mostNamed && radius < readable
  const key = (cx: number, cy: number) => cx * 100_003 + cy
  const taken = new Map<number, number[][]>()
  const circles = new Map<number, number[]>()
  const put = <T>(into: Map<number, T[]>, at: number, what: T) => {
    const there = into.get(at)
    if (there) there.push(what)
    else into.set(at, [what])
  }
  for (let n = 0; n < relations.length; n++)
    put(circles, key(Math.floor((laid.x[n]! * scale) / cell), Math.floor((laid.y[n]! * scale) / cell)), n)
  for (const n of byPressing(relations)) {
    if (pressing && relations[n]!.owed === 'nothing') break
    const text = texts[n]!
    const [x, y] = [laid.x[n]! * scale, laid.y[n]! * scale]
    const half = Math.max(text.wide, text.time ? text.timeWide : 0) / 2 + 2
    const [left, right, top, bottom] = [
      x - half,
      x + half,
      y + radius + 1,
      y + radius + gap + line * (text.time ? 2 : 1),
    ]
    let free = true
    for (let cx = Math.floor(left / cell) - 1; free && cx <= Math.floor(right / cell) + 1; cx++)
      for (let cy = Math.floor(top / cell) - 1; free && cy <= Math.floor(bottom / cell) + 1; cy++) {
        const at = key(cx, cy)
        free = !(taken.get(at) ?? []).some(([l, r, t, b]) => left < r! && l! < right && top < b! && t! < bottom)
        if (!free) break
        free = !(circles.get(at) ?? []).some(other => {
          const [ox, oy] = [laid.x[other]! * scale, laid.y[other]! * scale]
          return other !== n && ox + radius > left && ox - radius < right && oy + radius > top && oy - radius < bottom
        })
      }
    if (!free) continue
    shown[n] = 1
    for (let cx = Math.floor(left / cell); cx <= Math.floor(right / cell); cx++)
      for (let cy = Math.floor(top / cell); cy <= Math.floor(bottom / cell); cy++)
        put(taken, key(cx, cy), [left, right, top, bottom])
  }
  return shown
}

function byPressing(relations: readonly Relation[]): number[] {
  const place = relations.map(({ owed }) => Oweds.indexOf(owed))
  return relations.map((_, n) => n).sort((a, b) => place[a]! - place[b]! || a - b)
}

/** Everyone's, in pixels of the screen: they shrink with the picture and grow no further than drawn. */
export const radiusAt = (scale: number) => Math.max(1.5, (size / 2) * Math.min(1.15, scale))
