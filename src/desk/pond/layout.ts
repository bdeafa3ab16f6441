/**
 * Where everyone lies in the pond: nearer the middle the more recently we were in touch, at an angle of their own, nobody
 * over anybody. A pure rule: the same relationships lie the same way everywhere, and one that changes moves few others.
 * Refuses to draw anyone larger: there is one size.
 */
export type Stone = {
  id: string
  /** days since we were in touch; null: never */
  days: number | null
  /** what its name is wide in pixels; nought where names are not shown beside everyone */
  wide: number
  /** whether a time stands under the name */
  owed: boolean
}

/** Pixels at the picture's own scale, the middle at nought. `rings` are half as wide as a week, a month, three months and everything are. */
export type Laid = { x: Float32Array; y: Float32Array; rings: readonly [number, number, number, number] }

/** The diameter of everyone. */
export const size = 34
/** A pond is a little wider than high. */
export const flat = 0.9
/** Up to so many, everyone's name stands beside them and has its room. */
export const mostNamed = 60
export const ringDays = [7, 30, 90] as const
const furthestDays = 365

/** As drawn: half widths of the rings where few lie in them. */
const drawn = [182, 310, 394, 470] as const
/** How much of a ring may be covered: with more, the last ones find no place. */
const [coveredByNames, covered] = [0.5, 0.3]
/** Between two, where names are not shown. */
const apart = 6

export function bandOf(days: number | null): number {
  if (days === null) return 3
  const band = ringDays.findIndex(limit => days < limit)
  return band === -1 ? 3 : band
}

/** From nought at a band's inner edge to one at its outer. */
function within(days: number | null, band: number): number {
  if (days === null) return 1
  const [from, to] = [ringDays[band - 1] ?? 0, ringDays[band] ?? furthestDays]
  return Math.min(1, Math.max(0, (days - from) / (to - from)))
}

/** FNV-1a, mixed once more: near ids shall not lie side by side. */
export function hash(text: string): number {
  let h = 2166136261
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 16777619)
  h = Math.imul(h ^ (h >>> 16), 2246822507)
  h = Math.imul(h ^ (h >>> 13), 3266489909)
  return (h ^ (h >>> 16)) >>> 0
}

/** What one takes up around its middle: its circle, and its name and time below. */
type Box = { left: number; right: number; top: number; bottom: number }
const half = size / 2
export function boxOf(stone: Pick<Stone, 'wide' | 'owed'>): Box {
  if (stone.wide === 0)
    return { left: half + apart / 2, right: half + apart / 2, top: half + apart / 2, bottom: half + apart / 2 }
  const side = Math.max(half, stone.wide / 2) + 4
  return { left: side, right: side, top: half + 3, bottom: half + (stone.owed ? 38 : 22) }
}

const areaOf = (box: Box) => (box.left + box.right) * (box.top + box.bottom)

/** Steps of a seventh: one more or less seldom makes a ring wider. */
const stepped = (area: number) => (area <= 0 ? 0 : 1.15 ** Math.ceil(Math.log(area) / Math.log(1.15)))

function ringsFor(stones: readonly Stone[], boxes: readonly Box[], roomier: number): Laid['rings'] {
  const areas = [0, 0, 0, 0]
  stones.forEach((stone, n) => {
    areas[bandOf(stone.days)]! += areaOf(boxes[n]!) / (stone.wide === 0 ? covered : coveredByNames)
  })
  const rings: number[] = []
  for (const [band, area] of areas.entries()) {
    const inner = rings[band - 1] ?? 0
    const gap = drawn[band]! - (drawn[band - 1] ?? 0)
    rings.push(
      Math.max(
        inner + Math.max(gap, inner * 0.12),
        Math.sqrt(inner * inner + (stepped(area) * roomier) / (Math.PI * flat)),
      ),
    )
  }
  return rings as unknown as Laid['rings']
}

/** Those that were laid, found by where they lie. */
class Ground {
  readonly #cells = new Map<number, number[]>()
  readonly #cell: number
  readonly #x: Float32Array
  readonly #y: Float32Array
  readonly #boxes: readonly Box[]

  constructor(boxes: readonly Box[], x: Float32Array, y: Float32Array) {
    this.#boxes = boxes
    this.#x = x
    this.#y = y
    this.#cell = Math.max(
      size + apart,
      ...boxes.slice(0, 400).map(box => Math.max(box.left + box.right, box.top + box.bottom)),
    )
  }
  #key(x: number, y: number) {
    return Math.floor(x / this.#cell) * 65_536 + Math.floor(y / this.#cell)
  }
  isFree(n: number, x: number, y: number): boolean {
    const mine = this.#boxes[n]!
    const round = mine.left === half + apart / 2
    for (let dx = -this.#cell; dx <= this.#cell; dx += this.#cell)
      for (let dy = -this.#cell; dy <= this.#cell; dy += this.#cell)
        for (const other of this.#cells.get(this.#key(x + dx, y + dy)) ?? []) {
          const [ox, oy, theirs] = [this.#x[other]!, this.#y[other]!, this.#boxes[other]!]
          // Two circles may lie in each other's corners.
          if (round && theirs.left === mine.left) {
            if ((x - ox) ** 2 + (y - oy) ** 2 < (size + apart) ** 2) return false
          } else if (
            x - mine.left < ox + theirs.right &&
            ox - theirs.left < x + mine.right &&
            y - mine.top < oy + theirs.bottom &&
            oy - theirs.top < y + mine.bottom
          )
            return false
        }
    return true
  }
  lay(n: number, x: number, y: number) {
    this.#x[n] = x
    this.#y[n] = y
    const key = this.#key(x, y)
    const there = this.#cells.get(key)
    if (there) there.push(n)
    else this.#cells.set(key, [n])
  }
}

/** A quick row of numbers between nought and one, always the same for the same beginning. */
function numbersFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const tries = 500

/** One's own place if it is free; else beside it at about the same distance; else anywhere in one's ring. */
function* places(stone: Stone, rings: Laid['rings'], before: number | undefined): Generator<[number, number]> {
  const band = bandOf(stone.days)
  const [inner, outer] = [band === 0 ? 0 : rings[band - 1]!, rings[band]!]
  const seed = hash(stone.id)
  const angle = before ?? (seed / 4294967296) * 2 * Math.PI
  const first = band === 0 ? outer * 0.1 : inner
  const aim = Math.min(outer - 1, Math.max(inner + 1, first + (outer - first) * within(stone.days, band)))
  yield [aim, angle]
  const next = numbersFrom(seed)
  for (let turn = 1; turn <= tries; turn++) {
    const share = turn / tries
    // Further around before further out: the angle says nothing, the distance does.
    const around = angle + (next() - 0.5) * 2 * Math.PI * Math.min(1, 0.1 + 1.5 * share)
    const reach = (outer - inner) * Math.min(1, share * share * 1.6)
    const radius = aim + (next() - 0.5) * 2 * reach
    if (radius > inner && radius < outer) yield [radius, around]
  }
  for (let radius = outer - 1; radius > inner; radius -= 8)
    for (let around = 0; around < 2 * Math.PI; around += 8 / Math.max(8, radius)) yield [radius, angle + around]
}

/** How everyone lay, so that they stay there. */
export type Kept = { rings: Laid['rings']; at: ReadonlyMap<string, { x: number; y: number; days: number | null }> }

export function keptFrom(stones: readonly Stone[], { x, y, rings }: Laid): Kept {
  return { rings, at: new Map(stones.map(({ id, days }, n) => [id, { x: x[n]!, y: y[n]!, days }])) }
}

export function lay(stones: readonly Stone[], kept?: Kept): Laid {
  const boxes = stones.map(boxOf)
  // Whoever comes first stays: the order is everyone's own, so that a change elsewhere changes little here.
  const order = stones
    .map((stone, n) => ({ n, of: hash(stone.id), id: stone.id }))
    .sort((a, b) => a.of - b.of || (a.id < b.id ? -1 : 1))
    .map(({ n }) => n)
  for (let roomier = 1; ; roomier *= 1.25) {
    const rings = ringsFor(stones, boxes, roomier)
    const [x, y] = [new Float32Array(stones.length), new Float32Array(stones.length)]
    const ground = new Ground(boxes, x, y)
    const moves = order.filter(n => !stays(n, stones[n]!, rings, ground, kept))
    if (moves.every(n => laidSomewhere(n, stones[n]!, rings, ground, kept))) return { x, y, rings }
  }
}

/** Who has aged a day or so lies where they lay; further out only when it shows. */
const showsAfterDays = 1.5

function stays(n: number, stone: Stone, rings: Laid['rings'], ground: Ground, kept: Kept | undefined): boolean {
  const before = kept?.at.get(stone.id)
  if (!before || kept!.rings.join() !== rings.join() || bandOf(before.days) !== bandOf(stone.days)) return false
  if (Math.abs((before.days ?? 0) - (stone.days ?? 0)) > showsAfterDays) return false
  if (onRingName(stone, before.x, before.y, rings) || !ground.isFree(n, before.x, before.y)) return false
  ground.lay(n, before.x, before.y)
  return true
}

function laidSomewhere(n: number, stone: Stone, rings: Laid['rings'], ground: Ground, kept: Kept | undefined): boolean {
  const before = kept?.at.get(stone.id)
  for (const [radius, angle] of places(stone, rings, before && Math.atan2(before.y / flat, before.x))) {
    const [x, y] = [Math.cos(angle) * radius, Math.sin(angle) * radius * flat]
    if (!onRingName(stone, x, y, rings) && ground.isFree(n, x, y)) {
      ground.lay(n, x, y)
      return true
    }
  }
  return false
}

/** "a month" stands at the top of its ring. */
function onRingName({ wide, owed }: Stone, x: number, y: number, rings: Laid['rings']): boolean {
  if (wide === 0) return false
  const box = boxOf({ wide, owed })
  return rings
    .slice(0, 3)
    .some(ring => Math.abs(x) < 44 + box.left && y - box.top < -ring * flat + 9 && y + box.bottom > -ring * flat - 9)
}
