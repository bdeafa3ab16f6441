/** What live updates look like: server-sent events whose id is a position in the log. */
import { z } from 'zod'
import { Id, Moment } from './kit.ts'

/** GET /api/v1/live?after=POSITION (or Last-Event-ID): `event: happened` frames in log order, each a JSON of this; `event: ready` first; comments every 15 s. */
export const LiveEvent = z.object({
  /** where this stands in the log: `transaction.seq`, resumes there */
  position: z.string(),
  kind: z.string(),
  subjectId: Id.nullable(),
  actorId: Id.nullable(),
  at: Moment,
  facts: z.record(z.string(), z.unknown()),
})
export type LiveEvent = z.infer<typeof LiveEvent>
/** Told instead of events when the position is too old to resume: fetch afresh, go on from `position`. */
export const LiveReset = z.object({ position: z.string() })
