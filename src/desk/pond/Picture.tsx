/** The pond as a picture, with words for those who don't see it: one is chosen at a time and said aloud. Loaded with the page; draws nothing itself. */
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import type { Named } from './labels.ts'
import { namesIn } from './painter.ts'
import { longestName, type Relation, stonesFrom } from './relations.ts'
import { useLaid } from './useLaid.ts'
import { Water } from './water.ts'
import { saidOf, timeWords, tipOf } from './words.ts'

type Props = {
  relations: readonly Relation[]
  chosenId: string | undefined
  onChoose: (relation: Relation | null) => void
  onOpen: (relation: Relation) => void
}

const hour = 3_600_000

export function Picture({ relations, chosenId, onChoose, onOpen }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const here = useRef<HTMLDivElement>(null)
  const tip = useRef<HTMLDivElement>(null)
  const water = useRef<Water | null>(null)
  const now = useNow()
  const place = usePlace()
  const id = useId()
  const [pointed, setPointed] = useState<Relation | null>(null)
  // Everyone drifts outwards slowly: that it is an hour later shows to nobody.
  const hourNow = Math.floor(now / hour) * hour
  const stones = useMemo(() => stonesFrom(relations, hourNow), [relations, hourNow])
  const out = useLaid(stones)
  const minuteNow = Math.floor(now / 60_000) * 60_000
  const texts = useMemo(() => textsOf(relations, minuteNow, place), [relations, minuteNow, place])
  const laid = out?.stones === stones ? out.laid : null
  const latest = useRef({ relations, onChoose, onOpen })
  latest.current = { relations, onChoose, onOpen }

  useEffect(() => {
    const parts = { frame: frame.current!, canvas: canvas.current!, here: here.current!, tip: tip.current! }
    const who = (n: number) => latest.current.relations[n]
    const made = new Water(parts, {
      choose: n => latest.current.onChoose(n === null ? null : (who(n) ?? null)),
      open: n => {
        const relation = who(n)
        if (relation) latest.current.onOpen(relation)
      },
      point: n => setPointed(n === null ? null : (who(n) ?? null)),
    })
    water.current = made
    return () => made.stop()
  }, [])

  useEffect(() => {
    if (!laid) return
    const ringNames = [t('pond:ring.week'), t('pond:ring.month'), t('pond:ring.quarter')]
    water.current?.show({ relations, laid, texts, ringNames })
  }, [relations, laid, texts])

  const chosenAt = chosenId === undefined ? -1 : relations.findIndex(each => each.id === chosenId)
  const chosen = relations[chosenAt]
  useEffect(() => {
    if (laid) water.current?.chosen(chosenAt === -1 ? null : chosenAt, true)
  }, [chosenAt, laid])

  return (
    <div className="picture">
      <div
        ref={frame}
        className="frame"
        role="listbox"
        tabIndex={0}
        aria-label={t('pond:label')}
        aria-activedescendant={id}
        aria-busy={laid === null}
      >
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing on it takes the focus */}
        <canvas ref={canvas} aria-hidden="true" />
        {/* biome-ignore lint/a11y/useFocusableInteractive: the list itself has the focus and names it */}
        <div
          ref={here}
          data-nobody
          className="here"
          id={id}
          role="option"
          aria-selected={chosen !== undefined}
          aria-posinset={Math.max(1, chosenAt + 1)}
          aria-setsize={relations.length}
          aria-label={chosen ? saidOf(chosen, now, place) : t('pond:nobodyChosen')}
        >
          <span className="ringed" />
          <span className="nm">{chosen?.name}</span>
        </div>
        <div ref={tip} data-nobody className="tip" aria-hidden="true">
          <span className="nm">{pointed?.name}</span>
          {pointed && <span className="said">{tipOf(pointed, now, place)}</span>}
        </div>
        {laid === null && relations.length > 300 && <p className="laying muted">{t('pond:laying')}</p>}
      </div>
      <div className="zooms">
        <button
          type="button"
          onClick={() => water.current?.zoom(1.4)}
          aria-label={t('pond:zoomIn')}
          title={t('pond:zoomIn')}
        >
          <IconPlus className="i" aria-hidden="true" />
        </button>
        <button
          type="button"
          onClick={() => water.current?.zoom(1 / 1.4)}
          aria-label={t('pond:zoomOut')}
          title={t('pond:zoomOut')}
        >
          <IconMinus className="i" aria-hidden="true" />
        </button>
        <button
          type="button"
          onClick={() => water.current?.all()}
          aria-label={t('pond:zoomAll')}
          title={t('pond:zoomAll')}
        >
          <IconFocusCentered className="i" aria-hidden="true" />
        </button>
      </div>
    </div>
  )
}

let measure: CanvasRenderingContext2D | null = null
const widths = new Map<string, { short: string; wide: number }>()

/** What stands under everyone, and how wide that is. Measured once for each text. */
function textsOf(relations: readonly Relation[], now: number, place: ReturnType<typeof usePlace>): Named[] {
  measure ??= document.createElement('canvas').getContext('2d')!
  const context = measure
  namesIn(context)
  if (widths.size > 100_000) widths.clear()
  const known = (text: string) => {
    let found = widths.get(text)
    if (!found) {
      const short = shortened(context, text)
      found = { short, wide: context.measureText(short).width }
      widths.set(text, found)
    }
    return found
  }
  return relations.map(relation => {
    const { short, wide } = known(relation.name)
    const time = timeWords(relation, now, place)
    return { name: short, wide, time, timeWide: time === null ? 0 : known(time).wide * 1.06 + 16 }
  })
}

function shortened(context: CanvasRenderingContext2D, name: string): string {
  if (name.length <= 14 || context.measureText(name).width <= longestName) return name
  let short = [...name]
  while (short.length > 3 && context.measureText(`${short.join('')}…`).width > longestName) short = short.slice(0, -1)
  return `${short.join('').trimEnd()}…`
}
