/** The pond: all relationships in one answer, small enough for ten thousand of them, and more about the one that is looked at. */
import { z } from 'zod'
import { endpoint, Id, Moment, Nothing } from './kit.ts'
import { PersonRef, PromiseView } from './promises.ts'

/** In this order where there is more than one; the number on the wire is the place in this list. */
export const Oweds = ['late', 'theirs-late', 'ours', 'theirs', 'nothing'] as const
export type Owed = (typeof Oweds)[number]

/** At most so many are sent: those to whom something is owed, then those most recently in touch. */
export const mostInPond = 20_000

/**
 * One relationship: the person or organisation, 1 for an organisation, the name, when we were last in touch, the rhythm in
 * days, the keeper's place in `keepers` (-1: nobody), what is owed (place in `Oweds`), when that is or was due, and from
 * when on it is past its rhythm.
 * Moments are minutes since 1970.
 */
export const PondRow = z.tuple([
  Id,
  z.literal([0, 1]),
  z.string(),
  z.int().nullable(),
  z.int().nullable(),
  z.int(),
  z.int().min(0).max(4),
  z.int().nullable(),
  z.int().nullable(),
])
export type PondRow = z.infer<typeof PondRow>

export const pond = endpoint(
  'GET',
  '/api/v1/pond',
  Nothing,
  z.object({ total: z.number(), keepers: z.array(PersonRef), rows: z.array(PondRow) }),
)

export const PondOne = z.object({
  id: Id,
  is: z.enum(['person', 'organisation']),
  name: z.string(),
  /** a line about them; of an organisation also whom we know there */
  about: z.string(),
  people: z.array(PersonRef),
  lastAt: Moment.nullable(),
  lastKind: z.enum(['message', 'reply', 'call', 'visit', 'meeting', 'check-in']).nullable(),
  /** who of us it was with, and whom of them; null where that is not known or not ours to know */
  lastBy: PersonRef.nullable(),
  lastWith: PersonRef.nullable(),
  rhythmDays: z.number().nullable(),
  keeper: PersonRef.nullable(),
  /** the open promise to be in touch, where there is one */
  checkInId: Id.nullable(),
  /** the most pressing first, at most five */
  owed: z.array(PromiseView),
})
export type PondOne = z.infer<typeof PondOne>
export const pondOne = endpoint('GET', '/api/v1/pond/:aboutId', z.strictObject({ aboutId: Id }), PondOne)
