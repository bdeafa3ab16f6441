/** Bars by day, week or month, drawn by hand: a few rectangles weigh less than a library. The table beside it says the same to those who don't see it. */
import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import type { InsightView } from '../../contract/insight.ts'
import type { Place } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { dayWords, numberWords } from './numbers.ts'
import type { Section } from './shapes.ts'

const [height, foot, side] = [200, 22, 38]

export function Chart({ section, view, place }: { section: Section; view: InsightView; place: Place }) {
  const hatch = useId()
  // As wide as there is room, so that words keep their size on a phone.
  const { ref, width: room } = useElementSize<HTMLElement>()
  const width = Math.max(280, Math.round(room) || 720)
  const { series } = view
  const sums = series.map(({ figures }) => section.bars.reduce((all, { n }) => all + Math.max(0, n(figures)), 0))
  const most = Math.max(1, ...sums)
  const step = niceStep(most)
  const top = Math.ceil(most / step) * step
  const each = (width - side) / series.length
  const gap = Math.min(6, each * 0.25)
  const y = (value: number) => 8 + (height - foot - 8) * (1 - value / top)
  const every = Math.ceil((series.length * 84) / (width - side))
  const title = t(`insight:section.${section.key}.title`)
  return (
    <figure className="chart" ref={ref}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t('insight:chart', { title, from: dayWords(view.from, place), to: dayWords(view.to, place) })}
      >
        <defs>
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" className="hatchback" />
            <line x1="0" x2="0" y1="0" y2="5" className="hatchline" />
          </pattern>
        </defs>
        {Array.from({ length: top / step + 1 }, (_, n) => n * step).map(value => (
          <g key={value} className="across">
            <line x1={side} x2={width} y1={y(value)} y2={y(value)} />
            <text x={side - 8} y={y(value) + 4} textAnchor="end">
              {numberWords(value, place)}
            </text>
          </g>
        ))}
        {series.map(({ day, figures }, at) => {
          let below = 0
          const x = side + at * each
          return (
            <g key={day}>
              {section.bars.map(({ key, n, tone }) => {
                const value = Math.max(0, n(figures))
                const from = below
                below += value
                return value === 0 ? null : (
                  <rect
                    key={key}
                    x={x + gap / 2}
                    width={Math.max(1, each - gap)}
                    y={y(below)}
                    height={Math.max(0.5, y(from) - y(below))}
                    className={`tone-${tone}`}
                    style={tone === 'grey' ? { fill: `url(#${hatch})` } : undefined}
                  >
                    <title>{`${dayWords(day, place)} · ${t(`insight:line.${key}`)}: ${numberWords(value, place)}`}</title>
                  </rect>
                )
              })}
              {at % every === 0 && x < width - 56 && (
                <text className="when" x={x + gap / 2} y={height - 6}>
                  {dayWords(day, place)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
      {section.bars.length > 1 && (
        <ul className="legend small">
          {section.bars.map(({ key, tone }) => (
            <li key={key}>
              <span className="swatch" data-tone={tone} aria-hidden="true" />
              {t(`insight:line.${key}`)}
            </li>
          ))}
        </ul>
      )}
    </figure>
  )
}

/** About four lines across, at 1, 2 or 5 times a power of ten. */
function niceStep(most: number): number {
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)))
  return Math.max(1, [1, 2, 5, 10].map(times => times * power).find(step => step >= rough) ?? power)
}
