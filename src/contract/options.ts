/** Options: two to four alternatives that a reply offers with what follows from each. The customer picks one, or none of them, by a link or in words. */
import { z } from 'zod'
import { Done, endpoint, Id, Moment } from './kit.ts'
import { PersonRef } from './promises.ts'

const Line = (most: number) => z.string().trim().min(1).max(most)

export const NewOption = z.strictObject({
  words: Line(200),
  consequence: Line(500),
  /** as the customer reads it: "€60 both ways" */
  cost: z.string().trim().max(60).default(''),
  /** what we do by when if it is picked: becomes a promise that moment */
  promise: z
    .strictObject({ words: Line(2000), dueAt: Moment })
    .nullable()
    .default(null),
})
/** `until`: the last moment at which one can be picked; what an option promises is due after it. */
export const NewOffer = z.strictObject({ until: Moment, options: z.array(NewOption).min(2).max(4) })
export type NewOffer = z.infer<typeof NewOffer>

export const OfferView = z.object({
  id: Id,
  until: Moment,
  options: z.array(
    z.object({
      id: Id,
      words: z.string(),
      consequence: z.string(),
      cost: z.string(),
      promise: z.object({ words: z.string(), dueAt: Moment }).nullable(),
    }),
  ),
  /** replaced: the next reply offered others */
  settled: z
    .object({
      how: z.enum(['picked', 'none', 'withdrawn', 'replaced']),
      at: Moment,
      by: PersonRef.nullable(),
      pickedId: Id.nullable(),
      said: z.string(),
    })
    .nullable(),
})
export type OfferView = z.infer<typeof OfferView>

const One = { offerId: Id }
/** The customer said it in words: `optionId` null is "none of these". 409 `options-over` when they expired or were withdrawn. */
export const chooseFor = endpoint(
  'POST',
  '/api/v1/offers/:offerId/choice',
  z.strictObject({ ...One, optionId: Id.nullable(), said: z.string().trim().max(5000).default('') }),
  Done,
)
export const withdrawOffer = endpoint('POST', '/api/v1/offers/:offerId/withdraw', z.strictObject(One), Done)
