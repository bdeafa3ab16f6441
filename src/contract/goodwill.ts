/** Goodwill: what a member gives away within an allowance, what a lead decides beyond it, and the ledger of both. Amounts are whole minor units. */
import { z } from 'zod'
import { Cursor, endpoint, Id, Moment, Nothing, Words } from './kit.ts'
import { PersonRef } from './promises.ts'

export const GoodwillKind = z.enum(['credit', 'replacement', 'extension', 'exception'])
export type GoodwillKind = z.infer<typeof GoodwillKind>
/** `withdrawn`: granted or asked for, and taken back since. */
export const GoodwillState = z.enum(['granted', 'asked', 'declined', 'withdrawn'])
export type GoodwillState = z.infer<typeof GoodwillState>
const Minor = z.int().min(0).max(100_000_000_000)
/** ISO 4217. */
export const currencyCode = /^[A-Z]{3}$/
export const Currency = z.string().regex(currencyCode)

export const GoodwillView = z.object({
  id: Id,
  kind: GoodwillKind,
  state: GoodwillState,
  minor: z.number(),
  currency: z.string(),
  /** what is given: "a new grinder", "two weeks more" */
  what: z.string(),
  reason: z.string(),
  person: PersonRef.nullable(),
  organisation: PersonRef.nullable(),
  conversation: z.object({ id: Id, number: z.number(), subject: z.string() }).nullable(),
  by: PersonRef,
  askedAt: Moment,
  grantedAt: Moment.nullable(),
  /** who promised to decide, and by when; `promiseId`: that promise, while it is open */
  promiseId: Id.nullable(),
  lead: PersonRef.nullable(),
  decideBy: Moment.nullable(),
  decidedBy: PersonRef.nullable(),
  decidedWords: z.string().nullable(),
  /** `used`: they had it already when it was taken back */
  withdrawn: z.object({ at: Moment, by: PersonRef, words: z.string(), used: z.boolean() }).nullable(),
  /** mine to say yes or no to */
  mayDecide: z.boolean(),
  /** mine to take back: what I gave or asked for, or what I lead */
  mayWithdraw: z.boolean(),
})
export type GoodwillView = z.infer<typeof GoodwillView>

export const Period = z.enum(['month', 'quarter', 'year'])
export type Period = z.infer<typeof Period>

/** What is left of mine in this period, and who would decide beyond it; for a conversation first those who lead there. */
export const allowance = endpoint(
  'GET',
  '/api/v1/goodwill/allowance',
  z.strictObject({ conversationId: Id.optional() }),
  z.object({
    currency: z.string(),
    period: Period,
    minor: z.number(),
    left: z.number(),
    until: Moment,
    leads: z.array(PersonRef),
  }),
)

/**
 * Grants it, or where that goes beyond the allowance asks a lead when `ask` says so; else 409 `beyond-allowance` with what is left.
 * In a conversation it is for its customer.
 */
export const giveGoodwill = endpoint(
  'POST',
  '/api/v1/goodwill',
  z.strictObject({
    kind: GoodwillKind,
    minor: Minor,
    what: z.string().trim().min(1).max(500),
    reason: Words,
    conversationId: Id.optional(),
    personId: Id.optional(),
    organisationId: Id.optional(),
    ask: z
      .strictObject({ leadId: Id.nullable().default(null) })
      .nullable()
      .default(null),
  }),
  z.object({ goodwill: GoodwillView }),
)
/** A no says why; a yes may. */
export const decideGoodwill = endpoint(
  'POST',
  '/api/v1/goodwill/:goodwillId/decide',
  z.strictObject({ goodwillId: Id, yes: z.boolean(), words: z.string().trim().max(2000).default('') }),
  z.object({ goodwill: GoodwillView }),
)

/** Takes back what was granted or asked for, with the reason. Either way it counts no longer against the allowance it came from. */
export const withdrawGoodwill = endpoint(
  'POST',
  '/api/v1/goodwill/:goodwillId/withdraw',
  z.strictObject({ goodwillId: Id, words: Words, used: z.boolean().default(false) }),
  z.object({ goodwill: GoodwillView }),
)
/** What waits for a yes or no of mine, the soonest first. */
export const goodwillToDecide = endpoint(
  'GET',
  '/api/v1/goodwill/to-decide',
  Nothing,
  z.object({ rows: z.array(GoodwillView) }),
)

const Filter = {
  state: GoodwillState.optional(),
  kind: GoodwillKind.optional(),
  by: Id.optional(),
  from: Moment.optional(),
  to: Moment.optional(),
  conversationId: Id.optional(),
  personId: Id.optional(),
  organisationId: Id.optional(),
}
export const GoodwillFilter = z.strictObject(Filter)
export type GoodwillFilter = z.infer<typeof GoodwillFilter>
/** Newest first. `granted` sums the whole of what the filter finds, by currency. */
export const goodwillLedger = endpoint(
  'GET',
  '/api/v1/goodwill',
  z.strictObject({ ...Filter, after: Cursor.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  z.object({
    rows: z.array(GoodwillView),
    next: Cursor.nullable(),
    granted: z.array(z.object({ currency: z.string(), minor: z.number(), count: z.number() })),
    /** members who gave something, to filter by */
    givers: z.array(PersonRef),
    mayExport: z.boolean(),
  }),
)

/** The same was given away for alike reasons again and again: perhaps the rule is wrong. */
export const Often = z.object({
  kind: GoodwillKind,
  count: z.number(),
  sums: z.array(z.object({ currency: z.string(), minor: z.number() })),
  reasons: z.array(z.string()),
  since: Moment,
  latest: z.array(z.object({ id: Id, conversationId: Id.nullable(), what: z.string(), at: Moment })),
})
export type Often = z.infer<typeof Often>
export const oftenGiven = endpoint(
  'GET',
  '/api/v1/goodwill/often',
  Nothing,
  z.object({ often: z.array(Often), times: z.number(), days: z.number() }),
)

export const GoodwillSettings = z.object({
  currency: Currency,
  period: Period,
  lead: Minor,
  teammate: Minor,
  /** so many alike within so many days are worth a look */
  oftenTimes: z.int().min(2).max(100),
  oftenDays: z.int().min(7).max(730),
})
export type GoodwillSettings = z.infer<typeof GoodwillSettings>
export const startingGoodwill: GoodwillSettings = {
  currency: 'EUR',
  period: 'quarter',
  lead: 20_000,
  teammate: 5_000,
  oftenTimes: 3,
  oftenDays: 90,
}
const SettingsView = GoodwillSettings.extend({
  /** whose differs from their role's */
  people: z.array(z.object({ member: PersonRef, minor: z.number() })),
  members: z.array(PersonRef),
})
export type GoodwillSettingsView = z.infer<typeof SettingsView>
export const goodwillSettings = endpoint('GET', '/api/v1/goodwill/settings', Nothing, SettingsView)
export const setGoodwillSettings = endpoint(
  'PUT',
  '/api/v1/goodwill/settings',
  z.strictObject({
    ...GoodwillSettings.shape,
    people: z.array(z.strictObject({ memberId: Id, minor: Minor })).max(1000),
  }),
  SettingsView,
)
