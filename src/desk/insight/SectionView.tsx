/** One section of Insight: what is counted, in words; the figures with what they were before; the bars; and a table of the same. */
import { Link } from '@tanstack/react-router'
import type { InsightView } from '../../contract/insight.ts'
import { type Place, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Chart } from './Chart.tsx'
import { dayWords, numberWords, shareWords } from './numbers.ts'
import type { Line, Section } from './shapes.ts'

export function SectionView({ section, view }: { section: Section; view: InsightView }) {
  const place = usePlace()
  const any = view.series.some(({ figures }) => section.bars.some(({ n }) => n(figures) !== 0))
  const id = `insight-${section.key}`
  return (
    <section className="counted" aria-labelledby={id}>
      <h2 id={id}>{t(`insight:section.${section.key}.title`)}</h2>
      {(any || section.lines.some(({ n }) => n(view.figures) > 0)) && (
        <dl className="figures">
          {section.lines
            .filter(line => !line.seldom || line.n(view.figures) > 0)
            .map(line => (
              <Figure key={line.key} line={line} view={view} place={place} />
            ))}
        </dl>
      )}
      <details className="means">
        <summary>{t('insight:means')}</summary>
        <p>{t(`insight:section.${section.key}.means`)}</p>
      </details>
      {any ? (
        <>
          <Chart section={section} view={view} place={place} />
          <Numbers section={section} view={view} place={place} />
        </>
      ) : (
        <p className="muted">{t('insight:nothing')}</p>
      )}
    </section>
  )
}

/** Those that can be looked at one by one. */
const inPond: Record<string, 'past' | 'keeperless'> = { past: 'past', keeperless: 'keeperless' }

function Figure({ line, view, place }: { line: Line; view: InsightView; place: Place }) {
  const value = (figures: InsightView['figures']) =>
    line.of ? shareWords(line.n(figures), line.of(figures), place) : numberWords(line.n(figures), place)
  const n = line.n(view.figures)
  const comparable = line.of ? line.of(view.before) > 0 : true
  const shown = inPond[line.key]
  return (
    <div>
      <dt>{t(`insight:line.${line.key}`)}</dt>
      <dd>
        <b>{value(view.figures)}</b>
        <span className="small muted">
          {line.of && t('insight:shareOf', { n: numberWords(n, place), of: numberWords(line.of(view.figures), place) })}
          {!shown && comparable && line.key !== 'rhythmless' && line.key !== 'never' && (
            <span className="was">{t('insight:before', { value: value(view.before) })}</span>
          )}
          {shown && n > 0 && (
            <Link className="link" to="/pond" search={{ as: 'table', show: shown, sort: 'touch' }}>
              {t('insight:inPond')}
            </Link>
          )}
        </span>
      </dd>
    </div>
  )
}

const heads = { day: 'insight:whenDay', week: 'insight:whenWeek', month: 'insight:whenMonth' } as const

function Numbers({ section, view, place }: { section: Section; view: InsightView; place: Place }) {
  const rows = view.series.filter(({ figures }) => section.bars.some(({ n }) => n(figures) !== 0)).reverse()
  return (
    <section
      className="numbers"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
      tabIndex={0}
      aria-label={t('insight:tableOf', { title: t(`insight:section.${section.key}.title`) })}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t(heads[view.by])}</th>
            {section.bars.map(({ key }) => (
              <th key={key} scope="col" className="num">
                {t(`insight:line.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ day, figures }) => (
            <tr key={day}>
              <th scope="row">{dayWords(day, place)}</th>
              {section.bars.map(({ key, n }) => (
                <td key={key} className="num">
                  {numberWords(n(figures), place)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('insight:together')}</th>
            {section.bars.map(({ key, n }) => (
              <td key={key} className="num">
                {numberWords(n(view.figures), place)}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  )
}
