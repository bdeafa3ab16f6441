/**
 * Draws the pond on one canvas: rings, everyone in sight, names. What is drawn reaches beyond the edges, so that moving
 * only shifts the canvas; it is drawn again when one comes near its edge, or at another zoom. Decides nothing.
 */
import type { Owed } from '../../contract/pond.ts'
import { type Named, namedAt, radiusAt, readable } from './labels.ts'
import { flat, type Laid } from './layout.ts'
import type { Relation } from './relations.ts'
import { type Screen, toScreen, type View } from './view.ts'

export type Scene = {
  relations: readonly Relation[]
  laid: Laid
  texts: readonly Named[]
  /** "a week", "a month", "three months" */
  ringNames: readonly string[]
}

/** Drawn beyond each edge; less where every pixel is four. */
export const margin = (globalThis.devicePixelRatio || 1) > 1.5 ? 280 : 440
const kinds: readonly Owed[] = ['late', 'theirs-late', 'ours', 'theirs', 'nothing']
const nameFont = '12.5px "Source Sans 3 Variable", "Source Sans 3", system-ui, "Noto Sans", sans-serif'
export const namesIn = (context: { font: string }) => {
  context.font = nameFont
}

type Colours = Record<'raised' | 'accent' | 'fill' | 'on' | 'warm' | 'ink' | 'thin' | 'ring' | 'water', string>

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element)
  const of = (name: string) => style.getPropertyValue(`--pond-${name}`).trim()
  return {
    raised: of('raised'),
    accent: of('accent'),
    fill: of('accent-fill'),
    on: of('on-accent'),
    warm: of('warm'),
    ink: of('ink'),
    thin: of('ripple-2'),
    ring: of('ripple-3'),
    water: style.backgroundColor,
  }
}

const looks = (colours: Colours): Record<Owed, { fill: string; edge: string; thick: number; ink: string }> => ({
  late: { fill: colours.warm, edge: colours.warm, thick: 0, ink: colours.raised },
  'theirs-late': { fill: colours.raised, edge: colours.warm, thick: 2, ink: colours.ink },
  ours: { fill: colours.fill, edge: colours.fill, thick: 0, ink: colours.on },
  theirs: { fill: colours.raised, edge: colours.accent, thick: 2, ink: colours.ink },
  nothing: { fill: colours.raised, edge: colours.thin, thick: 1, ink: colours.ink },
})

export class Painter {
  readonly #canvas: HTMLCanvasElement
  /** Drawn apart and then shown as an image: a canvas one can draw on is copied anew with each frame, also where it is merely shifted. */
  readonly #sheet = new OffscreenCanvas(1, 1)
  readonly #context: OffscreenCanvasRenderingContext2D
  readonly #shown: ImageBitmapRenderingContext
  readonly #sharp = Math.min(2, globalThis.devicePixelRatio || 1)
  #colours: Colours
  #stamps = new Map<string, HTMLCanvasElement>()
  #names: { of: Scene; scale: number; shown: Uint8Array } | null = null

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
    this.#context = this.#sheet.getContext('2d')!
    this.#shown = canvas.getContext('bitmaprenderer')!
    this.#colours = coloursOf(canvas.parentElement!)
  }

  /** Another scheme, another colour of the house. */
  recolour() {
    this.#colours = coloursOf(this.#canvas.parentElement!)
    this.#stamps.clear()
  }

  /** `rough`: while one zooms, names stay those that were there. Answers whether everything is on the canvas, so that nothing is missing however far it is shifted. */
  draw(scene: Scene, view: View, screen: Screen, rough: boolean): boolean {
    const whole = { width: screen.width + 2 * margin, height: screen.height + 2 * margin }
    const [width, height] = [Math.round(whole.width * this.#sharp), Math.round(whole.height * this.#sharp)]
    if (this.#sheet.width !== width || this.#sheet.height !== height) {
      this.#sheet.width = width
      this.#sheet.height = height
      this.#canvas.style.width = `${whole.width}px`
      this.#canvas.style.height = `${whole.height}px`
    }
    const context = this.#context
    context.setTransform(this.#sharp, 0, 0, this.#sharp, 0, 0)
    context.clearRect(0, 0, whole.width, whole.height)
    this.#rings(scene, view, whole)
    const inSight = this.#inSight(scene, view, whole)
    const radius = radiusAt(view.scale)
    this.#circles(scene, inSight, radius)
    if (radius >= readable) this.#initials(scene, inSight, radius)
    this.#ringNames(scene, view, whole)
    this.#labels(scene, inSight, view, radius, rough)
    this.#shown.transferFromImageBitmap(this.#sheet.transferToImageBitmap())
    return inSight.length === 3 * scene.relations.length && this.#holds(inSight, scene, view, whole)
  }

  /** Everybody with their name, and the rings. */
  #holds(inSight: readonly number[], { laid }: Scene, view: View, whole: Screen): boolean {
    const room = 70
    const inside = (x: number, y: number) => x > room && x < whole.width - room && y > room && y < whole.height - room
    for (let at = 0; at < inSight.length; at += 3) if (!inside(inSight[at + 1]!, inSight[at + 2]!)) return false
    const far = laid.rings[2]
    const [left, top] = toScreen(view, whole, -far, -far * flat)
    const [right, bottom] = toScreen(view, whole, far, far * flat)
    return inside(left, top) && inside(right, bottom)
  }

  #rings({ laid, ringNames }: Scene, view: View, whole: Screen) {
    const context = this.#context
    const [x, y] = toScreen(view, whole, 0, 0)
    context.lineWidth = 1.25
    context.strokeStyle = this.#colours.ring
    for (const [n] of ringNames.entries()) {
      const ring = laid.rings[n]! * view.scale
      context.beginPath()
      context.ellipse(x, y, ring, ring * flat, 0, 0, 2 * Math.PI)
      context.stroke()
    }
  }

  /** At the top of each ring, with water around them: over the ring, and over whoever lies there where it is crowded. */
  #ringNames({ laid, ringNames }: Scene, view: View, whole: Screen) {
    const context = this.#context
    const [x, y] = toScreen(view, whole, 0, 0)
    namesIn(context)
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    let above = Number.POSITIVE_INFINITY
    for (const [n, name] of ringNames.entries()) {
      const top = y - laid.rings[n]! * view.scale * flat
      // Where rings lie close, one name is enough.
      if (above - top < 18) continue
      above = top
      const wide = context.measureText(name).width + 16
      context.fillStyle = this.#colours.water
      context.fillRect(x - wide / 2, top - 9, wide, 18)
      context.fillStyle = this.#colours.accent
      context.fillText(name, x, top)
    }
  }

  /** As triples: who, and where on the canvas. */
  #inSight({ relations, laid }: Scene, view: View, whole: Screen): number[] {
    const found: number[] = []
    for (let n = 0; n < relations.length; n++) {
      const [x, y] = toScreen(view, whole, laid.x[n]!, laid.y[n]!)
      if (x > -80 && y > -60 && x < whole.width + 80 && y < whole.height + 60) found.push(n, x, y)
    }
    return found
  }

  #circles({ relations }: Scene, inSight: readonly number[], radius: number) {
    const stamps = Object.fromEntries(kinds.map(kind => [kind, this.#stamp(kind, radius)])) as Record<
      Owed,
      HTMLCanvasElement
    >
    const side = stamps.nothing.width / this.#sharp
    for (let at = 0; at < inSight.length; at += 3)
      this.#context.drawImage(
        stamps[relations[inSight[at]!]!.owed],
        inSight[at + 1]! - side / 2,
        inSight[at + 2]! - side / 2,
        side,
        side,
      )
  }

  /** One of each kind is drawn, and pressed on wherever somebody lies: everyone has the same size. */
  #stamp(kind: Owed, radius: number): HTMLCanvasElement {
    const key = `${kind} ${radius.toFixed(2)}`
    const known = this.#stamps.get(key)
    if (known) return known
    if (this.#stamps.size > 60) this.#stamps.clear()
    const stamp = document.createElement('canvas')
    stamp.width = stamp.height = Math.ceil((2 * radius + 2) * this.#sharp)
    const context = stamp.getContext('2d')!
    const { fill, edge, thick } = looks(this.#colours)[kind]
    const [middle, line] = [stamp.width / 2, Math.min(thick, radius * 0.4) * this.#sharp]
    context.beginPath()
    context.arc(middle, middle, radius * this.#sharp - line / 2, 0, 2 * Math.PI)
    context.fillStyle = fill
    context.fill()
    if (thick > 0) {
      context.lineWidth = line
      context.strokeStyle = edge
      context.stroke()
    }
    this.#stamps.set(key, stamp)
    return stamp
  }

  #initials({ relations }: Scene, inSight: readonly number[], radius: number) {
    const context = this.#context
    const all = looks(this.#colours)
    context.font = `600 ${Math.round(radius * 0.72)}px "Source Sans 3 Variable", "Source Sans 3", system-ui, sans-serif`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    for (let at = 0; at < inSight.length; at += 3) {
      const { initials, owed } = relations[inSight[at]!]!
      context.fillStyle = all[owed].ink
      context.fillText(initials, inSight[at + 1]!, inSight[at + 2]! + 0.5)
    }
  }

  #labels(scene: Scene, inSight: readonly number[], view: View, radius: number, rough: boolean) {
    if (!this.#names || this.#names.of !== scene || (!rough && this.#names.scale !== view.scale))
      this.#names = {
        of: scene,
        scale: view.scale,
        shown: namedAt(scene.relations, scene.laid, scene.texts, view.scale),
      }
    const { shown } = this.#names
    const context = this.#context
    context.textAlign = 'center'
    context.textBaseline = 'alphabetic'
    for (let at = 0; at < inSight.length; at += 3) {
      const n = inSight[at]!
      if (shown[n])
        this.#label(scene.texts[n]!, scene.relations[n]!.owed, inSight[at + 1]!, inSight[at + 2]! + radius + 3)
    }
  }

  #label({ name, wide, time, timeWide }: Named, owed: Owed, x: number, y: number) {
    const context = this.#context
    namesIn(context)
    context.fillStyle = this.#colours.water
    context.fillRect(x - wide / 2 - 3, y, wide + 6, 16)
    context.fillStyle = this.#colours.ink
    context.fillText(name, x, y + 12)
    if (time === null) return
    const colour = owed === 'late' || owed === 'theirs-late' ? this.#colours.warm : this.#colours.accent
    context.fillStyle = this.#colours.water
    context.fillRect(x - timeWide / 2 - 3, y + 16, timeWide + 6, 16)
    context.fillStyle = colour
    context.font = `600 ${nameFont}`
    context.fillText(time, x + 8, y + 28)
    this.#sign(owed, x - timeWide / 2 + 6, y + 24, colour)
  }

  /** As the promise chip's icons: a ring, an exclamation mark in it where it is late, an arrow coming in where it is theirs. */
  #sign(owed: Owed, x: number, y: number, colour: string) {
    const context = this.#context
    context.strokeStyle = colour
    context.lineWidth = 1.3
    context.beginPath()
    context.arc(x, y, 5, 0, 2 * Math.PI)
    if (owed === 'late' || owed === 'theirs-late') {
      context.moveTo(x, y - 2.6)
      context.lineTo(x, y + 0.6)
      context.moveTo(x, y + 2.3)
      context.lineTo(x, y + 2.5)
    } else if (owed === 'theirs') {
      context.moveTo(x + 2, y - 2)
      context.lineTo(x - 2, y + 2)
      context.moveTo(x + 1.6, y + 2)
      context.lineTo(x - 2, y + 2)
      context.lineTo(x - 2, y - 1.6)
    }
    context.stroke()
  }
}
