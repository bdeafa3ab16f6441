/** Insight: how promises, answers, handovers, relationships and the human word are doing, by day and team. Never by person: there is no measure that could be. */
import { z } from 'zod'
import { endpoint, Id } from './kit.ts'
import { Because } from './promises.ts'

export const InsightPages = ['promises', 'answers', 'runaround', 'quiet', 'human'] as const
export const InsightPage = z.enum(InsightPages)
export type InsightPage = z.infer<typeof InsightPage>

/** Why one was broken: as it was said, with a "no", or not said at all. */
export const brokenBecause = [...Because.options, 'no', 'unsaid'] as const

/** Why one of ours was kept late, where somebody said it. */
export const lateBecause = [...Because.options, 'unsaid'] as const

/** What each page counts; also the columns of its export. */
export const measuresOf = {
  promises: (['ours', 'theirs'] as const).flatMap(side =>
    [
      ...['kept', 'kept-late', ...(side === 'ours' ? lateBecause.map(why => `late-${why}`) : [])],
      ...['renegotiated', ...brokenBecause.map(why => `broken-${why}`)],
    ].map(how => `${side}.${how}`),
  ),
  answers: [
    'answer.given',
    'answer.held',
    'answer.not-held',
    'verdict.worked',
    'verdict.incomplete',
    'verdict.wrong',
    'verdict.silent',
    'first.worked',
    'first.other',
  ],
  runaround: ['begun', 'ask', 'handover', 'handover.second', 'handover.back', 'moved'],
  quiet: ['touched', 'all', 'past', 'keeperless', 'rhythmless', 'never'],
  human: [
    'begun',
    'human.hour',
    'human.four',
    'human.day',
    'human.days',
    'human.later',
    'human.none',
    'human.automatic',
    'said.people',
    'said.automatic',
  ],
} as const satisfies Record<InsightPage, readonly string[]>

/** Of days nobody counted nothing is asked. */
const Day = z.iso.date().refine(day => day >= '1990-01-01' && day <= '2199-12-31')
/** So many days until today; a stretch of one's own goes before it. */
export const InsightDays = ['7', '30', '90', '365'] as const
const Asked = {
  page: InsightPage,
  days: z.enum(InsightDays).default('30'),
  from: Day.optional(),
  to: Day.optional(),
  /** null: all teams one may ask about, together */
  teamId: Id.optional(),
}
/** By measure; a measure that is missing is nought. */
const Figures = z.record(z.string(), z.number())
export type Figures = z.infer<typeof Figures>

export const InsightView = z.object({
  from: Day,
  to: Day,
  by: z.enum(['day', 'week', 'month']),
  figures: Figures,
  /** the same stretch before that */
  before: Figures,
  /** without gaps; `day` is the first of each */
  series: z.array(z.object({ day: Day, figures: Figures })),
  teams: z.array(z.object({ id: Id, name: z.string() })),
  mayExport: z.boolean(),
  /** not everything has been counted yet */
  counting: z.boolean(),
})
export type InsightView = z.infer<typeof InsightView>

export const insight = endpoint('GET', '/api/v1/insight/:page', z.strictObject(Asked), InsightView)
/** A route of its own, because what comes back is a file. */
export const insightExportPath = '/api/v1/insight/:page/export'
export const InsightExport = z.strictObject(Asked)
