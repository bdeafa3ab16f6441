/** What the desk may ask about keeping in touch: keepers and rhythms, check-ins, touches, and how often we write unasked. */
import { z } from 'zod'
import { Cursor, Done, endpoint, Id, Moment, Nothing, Words } from './kit.ts'
import { PersonRef, PromiseView } from './promises.ts'

/** Days that lie between two things we send somebody unasked; a pulse has a limit of its own as well. */
export const ContactBudget = z.object({ days: z.int().min(1).max(365), pulseDays: z.int().min(30).max(1095) })
export type ContactBudget = z.infer<typeof ContactBudget>
const RhythmDays = z.int().min(1).max(730)

/** And how often relationships are tended where nobody has said it of one. */
export const CareSettings = ContactBudget.extend({ rhythmDays: RhythmDays })
export type CareSettings = z.infer<typeof CareSettings>
export const startingCare: CareSettings = { days: 14, pulseDays: 180, rhythmDays: 90 }

export const careSettings = endpoint('GET', '/api/v1/care-settings', Nothing, CareSettings)
export const setCareSettings = endpoint(
  'PUT',
  '/api/v1/care-settings',
  z.strictObject(CareSettings.shape),
  CareSettings,
)

/** A person or an organisation. */
const Party = { is: z.enum(['person', 'organisation']), id: Id }
export const PartyName = z.object({ ...Party, name: z.string() })
export type PartyName = z.infer<typeof PartyName>
const ContactKind = z.enum(['message', 'reply', 'call', 'visit', 'meeting', 'check-in'])

const Tended = z.object({
  party: PartyName,
  keeper: PersonRef.nullable(),
  rhythmDays: z.number().nullable(),
  lastContactAt: Moment.nullable(),
  lastContactKind: ContactKind.nullable(),
  /** the open promise to be in touch */
  checkIn: z.object({ id: Id, dueAt: Moment }).nullable(),
})

const TouchKind = z.enum(['call', 'visit', 'meeting'])
export const TouchView = z.object({
  id: Id,
  kind: TouchKind,
  at: Moment,
  minutes: z.number().nullable(),
  words: z.string(),
  by: PersonRef,
  person: PersonRef.nullable(),
  organisation: PersonRef.nullable(),
  /** mine to take back */
  mine: z.boolean(),
})
export type TouchView = z.infer<typeof TouchView>

/** Who tends it, how often, and when next. Without a relationship yet everything is empty. */
export const CareView = Tended.extend({
  relationshipId: Id.nullable(),
  defaultRhythmDays: z.number(),
  since: Moment.nullable(),
  touches: z.array(TouchView),
})
export type CareView = z.infer<typeof CareView>
export const care = endpoint('GET', '/api/v1/care/:is/:id', z.strictObject(Party), CareView)

/** Of several at once. What is left out stays as it is; no keeper means no rhythm. */
export const setCare = endpoint(
  'PUT',
  '/api/v1/care',
  z.strictObject({
    relationshipIds: z.array(Id).max(500).default([]),
    parties: z.array(z.strictObject(Party)).max(500).default([]),
    keeperId: Id.nullable().optional(),
    rhythmDays: RhythmDays.nullable().optional(),
  }),
  z.object({ changed: z.number() }),
)
/** Who may keep a relationship: everybody who serves and whose account is open. */
export const keepers = endpoint('GET', '/api/v1/care/keepers', Nothing, z.object({ keepers: z.array(PersonRef) }))

export const CheckInRow = Tended.extend({ relationshipId: Id })
export type CheckInRow = z.infer<typeof CheckInRow>
/** `mine`: mine and of those I stand in for, by due time. `left`: whose keeper is away or gone and nobody stands in. `quiet`: nobody keeps them, and it has been long. */
export const CheckInList = z.enum(['mine', 'left', 'quiet'])
export type CheckInList = z.infer<typeof CheckInList>
export const checkIns = endpoint(
  'GET',
  '/api/v1/check-ins',
  z.strictObject({
    which: CheckInList.default('mine'),
    /** of mine: due before this */
    until: Moment.optional(),
    after: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  z.object({ rows: z.array(CheckInRow), next: Cursor.nullable() }),
)

const Verdict = z.enum(['verified', 'unverified', 'answered', 'no'])
/** What there is to talk about: facts, no words to copy. Conversations one may not see are not there. */
export const CheckInView = CheckInRow.extend({
  /** whom one could write to, and from when on */
  people: z.array(
    z.object({
      person: PersonRef,
      role: z.string(),
      address: z.string().nullable(),
      mayWrite: z.boolean(),
      because: z.enum(['limit', 'opted-out']).nullable(),
      freeAt: Moment.nullable(),
      prefers: z.string().nullable(),
      prefersWords: z.string().nullable(),
    }),
  ),
  promises: z.array(z.object({ promise: PromiseView, subject: z.string().nullable() })),
  answers: z.array(
    z.object({
      conversationId: Id,
      number: z.number(),
      subject: z.string(),
      at: Moment,
      outcome: Verdict.nullable(),
      because: z.string().nullable(),
    }),
  ),
  touches: z.array(TouchView),
  said: z.object({ conversationId: Id, by: z.string(), at: Moment, text: z.string() }).nullable(),
})
export type CheckInView = z.infer<typeof CheckInView>
const OneCheckIn = { checkInId: Id }
export const checkIn = endpoint('GET', '/api/v1/check-ins/:checkInId', z.strictObject(OneCheckIn), CheckInView)
/** Not this time, and why. The next one counts from now. */
export const skipCheckIn = endpoint(
  'POST',
  '/api/v1/check-ins/:checkInId/skip',
  z.strictObject({ ...OneCheckIn, reason: Words }),
  Done,
)
export const moveCheckIn = endpoint(
  'POST',
  '/api/v1/check-ins/:checkInId/later',
  z.strictObject({ ...OneCheckIn, dueAt: Moment }),
  Done,
)

/** A contact outside the desk, and what was promised in it. `checkInId`: it was that check-in. */
export const noteTouch = endpoint(
  'POST',
  '/api/v1/touches',
  z.strictObject({
    personId: Id.nullable().default(null),
    organisationId: Id.nullable().default(null),
    kind: TouchKind,
    at: Moment,
    minutes: z.int().min(1).max(1440).nullable().default(null),
    words: z.string().trim().max(20_000).default(''),
    promises: z
      .array(z.strictObject({ by: z.enum(['us', 'them']), words: Words, dueAt: Moment }))
      .max(10)
      .default([]),
    checkInId: Id.nullable().default(null),
  }),
  z.object({ touchId: Id }),
)
export const takeTouchBack = endpoint('DELETE', '/api/v1/touches/:touchId', z.strictObject({ touchId: Id }), Done)
/** People and organisations whose name, or address, starts like this. */
export const findParties = endpoint(
  'GET',
  '/api/v1/parties',
  z.strictObject({ like: z.string().trim().min(1).max(100) }),
  z.object({ parties: z.array(PartyName.extend({ aside: z.string().nullable() })) }),
)
