/** The start page in one question: what is mine to keep, what waits for me, and how the day goes. */
import { z } from 'zod'
import { Cursor, endpoint, Id, Moment, Nothing } from './kit.ts'
import { MentionView } from './marks.ts'
import { DuePromise, PersonRef } from './promises.ts'

const About = z.object({ id: Id, number: z.number(), subject: z.string(), customer: PersonRef })

export const Summary = z.object({
  /** of today, in one's own zone, by oneself */
  kept: z.number(),
  keptLate: z.number(),
  /** given a new time before they were due */
  moved: z.number(),
  /** open, due after today's now and within this week */
  standing: z.number(),
  /** due time of the last of those */
  until: Moment.nullable(),
})

export const today = endpoint(
  'GET',
  '/api/v1/today',
  Nothing,
  z.object({
    /** the first page of `myPromises`; `next` goes on there */
    due: z.array(DuePromise),
    next: Cursor.nullable(),
    overdue: z.number(),
    today: z.number(),
    theirs: z.array(DuePromise),
    /** customers who wrote in mine since I last looked, newest first */
    replies: z.array(z.object({ conversation: About, at: Moment, preview: z.string() })),
    mentions: z.array(MentionView),
    /** what I began and have not sent, oldest first */
    drafts: z.array(
      z.object({ conversation: About, kind: z.enum(['reply', 'note']), savedAt: Moment, preview: z.string() }),
    ),
    summary: Summary,
  }),
)
