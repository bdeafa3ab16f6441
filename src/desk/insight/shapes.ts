/** What each page of Insight shows: its sections, the lines of each with what they are a share of, and its bars. Pure; words are the catalogue's. */
import { brokenBecause, type Figures, type InsightPage, lateBecause } from '../../contract/insight.ts'

type Of = (figures: Figures) => number
/** `of`: shown as a share of that. `seldom`: only where there are some. */
export type Line = { key: string; n: Of; of?: Of; seldom?: boolean }
export type Bar = { key: string; n: Of; tone: 'kept' | 'late' | 'deep' | 'water' | 'pale' | 'faint' | 'grey' }
export type Section = { key: string; lines: Line[]; bars: Bar[] }

const sum =
  (...measures: string[]): Of =>
  figures =>
    measures.reduce((all, measure) => all + (figures[measure] ?? 0), 0)
const line = (measure: string, of?: Of): Line => ({ key: measure, n: sum(measure), ...(of ? { of } : {}) })
const bar = (measure: string, tone: Bar['tone']): Bar => ({ key: measure, n: sum(measure), tone })

const broken = (side: string) => brokenBecause.map(why => `${side}.broken-${why}`)
const ended = (side: string) => sum(`${side}.kept`, `${side}.kept-late`, `${side}.renegotiated`, ...broken(side))

function promises(side: 'ours' | 'theirs'): Section {
  const all = ended(side)
  const seldom = (measure: string) => ({ ...line(measure, all), seldom: true })
  const late = side === 'ours' ? lateBecause.map(why => seldom(`ours.late-${why}`)) : []
  const reasons = broken(side).map(seldom)
  return {
    key: side,
    lines: [
      { key: `${side}.in-time`, n: sum(`${side}.kept`, `${side}.renegotiated`), of: all },
      line(`${side}.kept`, all),
      line(`${side}.kept-late`, all),
      ...late,
      line(`${side}.renegotiated`, all),
      { key: `${side}.broken`, n: sum(...broken(side)), of: all },
      ...(side === 'ours' ? reasons : []),
    ],
    bars: [
      bar(`${side}.kept`, 'kept'),
      bar(`${side}.renegotiated`, 'water'),
      bar(`${side}.kept-late`, 'late'),
      { key: `${side}.broken`, n: sum(...broken(side)), tone: 'grey' },
    ],
  }
}

const verdicts = sum('verdict.worked', 'verdict.incomplete', 'verdict.wrong', 'verdict.silent')
const spoken = sum('said.people', 'said.automatic')
const begun = sum('begun')
const relationships = sum('all')

export const sectionsOf: Record<InsightPage, Section[]> = {
  promises: [promises('ours'), promises('theirs')],
  answers: [
    {
      key: 'verdicts',
      lines: [
        { key: 'answer.right-first', n: sum('first.worked'), of: sum('first.worked', 'first.other') },
        { key: 'answer.held', n: sum('answer.held'), of: sum('answer.held', 'answer.not-held') },
        line('answer.given'),
        ...['worked', 'incomplete', 'wrong', 'silent'].map(verdict => line(`verdict.${verdict}`, verdicts)),
      ],
      bars: [
        bar('verdict.worked', 'kept'),
        bar('verdict.incomplete', 'water'),
        bar('verdict.wrong', 'late'),
        bar('verdict.silent', 'grey'),
      ],
    },
  ],
  runaround: [
    {
      key: 'moves',
      lines: [
        line('begun'),
        line('ask'),
        line('handover'),
        line('handover.second'),
        line('handover.back'),
        line('moved'),
      ],
      bars: [
        bar('ask', 'pale'),
        {
          key: 'handover.once',
          n: figures => sum('handover')(figures) - sum('handover.second')(figures),
          tone: 'water',
        },
        bar('handover.second', 'deep'),
        bar('moved', 'grey'),
      ],
    },
  ],
  quiet: [
    {
      key: 'touch',
      lines: ['touched', 'past', 'keeperless', 'rhythmless', 'never'].map(measure => line(measure, relationships)),
      bars: [bar('touched', 'water')],
    },
  ],
  human: [
    {
      key: 'first',
      lines: [
        { key: 'human.soon', n: sum('human.hour', 'human.four', 'human.day'), of: begun },
        ...['hour', 'four', 'day', 'days', 'later', 'none', 'automatic'].map(within => line(`human.${within}`, begun)),
      ],
      bars: [
        bar('human.hour', 'deep'),
        bar('human.four', 'water'),
        bar('human.day', 'pale'),
        bar('human.days', 'faint'),
        bar('human.later', 'late'),
        bar('human.none', 'grey'),
      ],
    },
    {
      key: 'said',
      lines: [{ key: 'said.share', n: sum('said.people'), of: spoken }, line('said.people'), line('said.automatic')],
      bars: [bar('said.people', 'deep'), bar('said.automatic', 'faint')],
    },
  ],
}
