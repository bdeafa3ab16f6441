/**
 * The picture under one's hands: dragging, wheel, pinching and keys move what is looked at; at most once a frame it is drawn,
 * and while one only moves the canvas is merely shifted. Tells who is pointed at and chosen; decides nothing about them.
 */
import { radiusAt } from './labels.ts'
import { type Direction, nearest, neighbour } from './near.ts'
import { margin, Painter, type Scene } from './painter.ts'
import { fitting, kept, moved, type Screen, showing, toPond, toScreen, type View, zoomed } from './view.ts'

export type Parts = { frame: HTMLElement; canvas: HTMLCanvasElement; here: HTMLElement; tip: HTMLElement }
export type Told = { choose: (n: number | null) => void; open: (n: number) => void; point: (n: number | null) => void }

const arrows: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }
const settleMs = 140

export class Water {
  readonly #parts: Parts
  readonly #told: Told
  readonly #painter: Painter
  readonly #ending = new AbortController()
  readonly #watchers: { disconnect(): void }[] = []
  readonly #fingers = new Map<number, { x: number; y: number }>()
  #scene: Scene | null = null
  #view: View = { x: 0, y: 0, scale: 1 }
  #drawn: View | null = null
  #whole = false
  #screen: Screen = { width: 0, height: 0 }
  #chosen: number | null = null
  #pointed: number | null = null
  #own = false
  #rough = false
  #frame = 0
  #settling: ReturnType<typeof setTimeout> | undefined
  #travelled = 0

  constructor(parts: Parts, told: Told) {
    this.#parts = parts
    this.#told = told
    this.#painter = new Painter(parts.canvas)
    this.#listen()
  }

  show(scene: Scene) {
    this.#scene = scene
    this.#drawn = null
    this.#pointed = null
    if (!this.#own) this.#fit()
    this.#soon()
  }

  /** `sight`: brought into sight if it lies outside. */
  chosen(n: number | null, sight: boolean) {
    this.#chosen = n
    if (n !== null && sight && this.#scene) {
      const { x, y } = this.#scene.laid
      this.#view = showing(this.#view, this.#screen, x[n]!, y[n]!)
    }
    this.#soon()
  }

  zoom(by: number) {
    this.#zoomAt(by, { x: this.#screen.width / 2, y: this.#screen.height / 2 })
  }

  all() {
    this.#own = false
    this.#fit()
    this.#soon()
  }

  stop() {
    this.#ending.abort()
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#settling)
    for (const watcher of this.#watchers) watcher.disconnect()
  }

  #fit() {
    if (this.#scene && this.#screen.width > 0) this.#view = fitting(this.#scene.laid, this.#screen)
  }

  #soon() {
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#draw())
  }

  #draw() {
    this.#frame = 0
    const scene = this.#scene
    if (!scene || this.#screen.width === 0) return
    let shift = this.#shift()
    if (shift === null) {
      this.#whole = this.#painter.draw(scene, this.#view, this.#screen, this.#rough)
      this.#drawn = this.#view
      shift = [0, 0]
    }
    this.#parts.canvas.style.transform = `translate(${shift[0] - margin}px, ${shift[1] - margin}px)`
    this.#place(this.#parts.here, this.#chosen)
    this.#place(this.#parts.tip, this.#pointed === this.#chosen ? null : this.#pointed)
  }

  /** How far the canvas can be shifted instead of being drawn; null: it must be drawn. */
  #shift(): [number, number] | null {
    if (!this.#drawn || this.#drawn.scale !== this.#view.scale) return null
    const dx = (this.#drawn.x - this.#view.x) * this.#view.scale
    const dy = (this.#drawn.y - this.#view.y) * this.#view.scale
    return this.#whole || (Math.abs(dx) < margin && Math.abs(dy) < margin) ? [dx, dy] : null
  }

  #place(element: HTMLElement, n: number | null) {
    element.toggleAttribute('data-nobody', n === null)
    if (n === null || !this.#scene) return
    const { x, y } = this.#scene.laid
    const [sx, sy] = toScreen(this.#view, this.#screen, x[n]!, y[n]!)
    element.style.transform = `translate(${sx}px, ${sy}px)`
    const radius = `${radiusAt(this.#view.scale)}px`
    if (element.style.getPropertyValue('--r') !== radius) element.style.setProperty('--r', radius)
  }

  #go(view: View) {
    if (!this.#scene) return
    this.#own = true
    this.#view = kept(view, this.#scene.laid.rings)
    this.#soon()
  }

  #zoomAt(by: number, at: { x: number; y: number }) {
    this.#rough = true
    this.#go(zoomed(this.#view, by, at, this.#screen))
    clearTimeout(this.#settling)
    this.#settling = setTimeout(() => {
      this.#rough = false
      this.#drawn = null
      this.#soon()
    }, settleMs)
  }

  #listen() {
    const { frame } = this.#parts
    const { signal } = this.#ending
    frame.addEventListener('pointerdown', event => this.#down(event), { signal })
    frame.addEventListener('pointermove', event => this.#move(event), { signal })
    for (const name of ['pointerup', 'pointercancel'] as const)
      frame.addEventListener(name, event => this.#up(event), { signal })
    frame.addEventListener('pointerleave', () => this.#point(null), { signal })
    frame.addEventListener('keydown', event => this.#key(event), { signal })
    frame.addEventListener('wheel', event => this.#wheel(event), { signal, passive: false })
    const sized = new ResizeObserver(() => {
      this.#screen = { width: frame.clientWidth, height: frame.clientHeight }
      this.#drawn = null
      if (!this.#own) this.#fit()
      this.#soon()
    })
    sized.observe(frame)
    const again = () => {
      this.#painter.recolour()
      this.#drawn = null
      this.#soon()
    }
    const clothed = new MutationObserver(again)
    clothed.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-mantine-color-scheme', 'style'],
    })
    this.#watchers.push(sized, clothed)
    void document.fonts?.ready.then(() => !signal.aborted && again())
  }

  #at(event: MouseEvent) {
    const box = this.#parts.frame.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  #under(at: { x: number; y: number }): number | null {
    if (!this.#scene) return null
    const [x, y] = toPond(this.#view, this.#screen, at.x, at.y)
    const reach = Math.max(14, radiusAt(this.#view.scale) + 4) / this.#view.scale
    const found = nearest(this.#scene.laid, x, y, reach)
    return found === -1 ? null : found
  }

  #down(event: PointerEvent) {
    if (event.button !== 0 || (event.target as Element).closest('button, a')) return
    this.#fingers.set(event.pointerId, this.#at(event))
    this.#travelled = 0
    this.#parts.frame.setPointerCapture(event.pointerId)
  }

  #move(event: PointerEvent) {
    const before = this.#fingers.get(event.pointerId)
    const now = this.#at(event)
    if (!before) return this.#point(event.pointerType === 'mouse' ? this.#under(now) : null)
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1]
    this.#fingers.set(event.pointerId, now)
    const [dx, dy] = [now.x - before.x, now.y - before.y]
    this.#travelled += Math.abs(dx) + Math.abs(dy)
    if (!other) {
      if (this.#travelled > 4) this.#go(moved(this.#view, dx, dy))
      return
    }
    const far = (point: { x: number; y: number }) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y))
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
    this.#go(moved(this.#view, dx / 2, dy / 2))
    this.#zoomAt(far(now) / far(before), middle)
  }

  #up(event: PointerEvent) {
    const at = this.#fingers.get(event.pointerId)
    if (!this.#fingers.delete(event.pointerId) || !at || this.#travelled > 4 || event.type === 'pointercancel') return
    const n = this.#under(at)
    // Once chosen, another press opens.
    if (n !== null && n === this.#chosen) return this.#told.open(n)
    this.#told.choose(n)
  }

  #point(n: number | null) {
    if (n === this.#pointed) return
    this.#pointed = n
    this.#parts.frame.style.cursor = n === null ? '' : 'pointer'
    this.#told.point(n)
    this.#soon()
  }

  #wheel(event: WheelEvent) {
    event.preventDefault()
    if (event.shiftKey) return this.#go(moved(this.#view, -event.deltaY - event.deltaX, 0))
    const lines = event.deltaMode === 1 ? 16 : 1
    this.#zoomAt(
      Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) * (event.ctrlKey ? 0.01 : 0.0022)),
      this.#at(event),
    )
  }

  #key(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.#parts.frame) return
    if (!this.#answered(event.key, event.shiftKey)) return
    event.preventDefault()
    event.stopPropagation()
  }

  #answered(key: string, shift: boolean): boolean {
    const scene = this.#scene
    const to = arrows[key]
    if (!scene) return false
    if (to && shift) {
      const step = 80
      this.#go(
        moved(
          this.#view,
          to === 'left' ? step : to === 'right' ? -step : 0,
          to === 'up' ? step : to === 'down' ? -step : 0,
        ),
      )
    } else if (to)
      this.#told.choose(this.#chosen === null ? this.#middlemost() : neighbour(scene.laid, this.#chosen, to))
    else if (key === 'Home') this.#told.choose(this.#middlemost())
    else if (key === 'Enter' && this.#chosen !== null) this.#told.open(this.#chosen)
    else if (key === 'Escape' && this.#chosen !== null) this.#told.choose(null)
    else if (key === '+' || key === '=') this.zoom(1.4)
    else if (key === '-') this.zoom(1 / 1.4)
    else if (key === '0') this.all()
    else return false
    return true
  }

  #middlemost(): number | null {
    const n = this.#scene ? nearest(this.#scene.laid, 0, 0, Number.POSITIVE_INFINITY) : -1
    return n === -1 ? null : n
  }
}
