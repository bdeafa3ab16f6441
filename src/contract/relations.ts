/** Relationships: a person or an organisation as we know them over time; who belongs to whom, what was promised between us, what happened. */
import { z } from 'zod'
import { ConversationField, FieldValue } from './fields.ts'
import { Cursor, Done, endpoint, Id, MailAddress, Moment, Words, Zone } from './kit.ts'
import { PersonRef, PromiseView } from './promises.ts'

export const PreferredChannel = z.enum(['mail', 'phone', 'visit', 'chat'])
export type PreferredChannel = z.infer<typeof PreferredChannel>
/** Where somebody would rather be reached, in their own or our words: "For a faster answer, write to bar@…". */
export const Preferred = z.object({ channel: PreferredChannel.nullable(), words: z.string().nullable() })
export type Preferred = z.infer<typeof Preferred>

/** Who tends it and when there was contact last; `rhythmDays` null: no check-ins. */
export const Contact = z.object({
  keeper: PersonRef.nullable(),
  rhythmDays: z.number().nullable(),
  lastAt: Moment.nullable(),
  lastKind: z.string().nullable(),
})

/** One direction of what was promised, as far as who asks may see it. */
const Direction = z.object({
  /** open ones by due time, and those kept in the last week; `more` says that there are others */
  promises: z.array(PromiseView),
  more: z.boolean(),
  /** of `made` that came to their end so many were kept in time */
  kept: z.number(),
  made: z.number(),
  since: Moment.nullable(),
  lastBroken: PromiseView.nullable(),
})
export const Exchange = z.object({ ours: Direction, theirs: Direction })
export type Exchange = z.infer<typeof Exchange>

export const MembershipView = z.object({
  organisation: PersonRef,
  role: z.string(),
  since: Moment,
  /** only their mail domain says so; nobody has confirmed it */
  suggested: z.boolean(),
  /** sees the conversations of everybody there */
  seesAll: z.boolean(),
})
export const AddressView = z.object({
  id: Id,
  kind: z.enum(['mail', 'phone', 'chat']),
  written: z.string(),
  verified: z.boolean(),
  suspendedBecause: z.string().nullable(),
})

export const PersonPage = z.object({
  /** another id than the one asked for when that person was merged into this one */
  id: Id,
  name: z.string(),
  about: z.string(),
  since: Moment,
  /** has an account here: cannot be merged into somebody else */
  member: z.boolean(),
  language: z.string().nullable(),
  zone: z.string().nullable(),
  addresses: z.array(AddressView),
  preferred: Preferred,
  /** who does not want to be contacted unasked, since when, who said so and how */
  refuses: z.object({ since: Moment, by: PersonRef.nullable(), said: z.string().nullable() }).nullable(),
  organisations: z.array(MembershipView),
  fields: z.array(ConversationField),
  contact: Contact,
  exchange: Exchange,
  /** others who may be the same person; never merged by themselves */
  likely: z.array(z.object({ person: PersonRef, address: z.string().nullable() })),
  merges: z.array(z.object({ id: Id, person: PersonRef, by: PersonRef.nullable(), at: Moment })),
  mayMerge: z.boolean(),
})
export type PersonPage = z.infer<typeof PersonPage>
const APerson = { personId: Id }
export const person = endpoint('GET', '/api/v1/people/:personId', z.strictObject(APerson), PersonPage)

/** What to know before writing to somebody first: found by id, or by an address. Null for somebody we don't know. */
export const Wishes = z.object({ person: PersonRef, preferred: Preferred, refuses: z.boolean() })
export const wishes = endpoint(
  'GET',
  '/api/v1/wishes',
  z.strictObject({ personId: Id.optional(), address: z.string().trim().max(320).optional() }),
  z.object({ wishes: Wishes.nullable() }),
)

export const Name = z.string().trim().min(1).max(300)
/** What is written down of a person and of an organisation alike. What is absent stays as it is; null takes it away. */
export const AboutThem = {
  name: Name.optional(),
  about: z.string().trim().max(2000).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)
    .nullable()
    .optional(),
  zone: Zone.nullable().optional(),
}
export const makePerson = endpoint(
  'POST',
  '/api/v1/people',
  z.strictObject({ name: Name, address: MailAddress.optional(), organisationId: Id.optional() }),
  z.object({ id: Id }),
)
export const changePerson = endpoint(
  'PUT',
  '/api/v1/people/:personId',
  z.strictObject({
    ...APerson,
    ...AboutThem,
    preferredChannel: PreferredChannel.nullable().optional(),
    preferredWords: z.string().trim().max(500).nullable().optional(),
  }),
  Done,
)
export const refuseUnasked = endpoint(
  'PUT',
  '/api/v1/people/:personId/unasked',
  z.strictObject({ ...APerson, refuses: z.boolean(), said: z.string().trim().max(500).optional() }),
  Done,
)
export const addAddress = endpoint(
  'POST',
  '/api/v1/people/:personId/addresses',
  z.strictObject({ ...APerson, kind: z.enum(['mail', 'phone']), written: z.string().trim().min(3).max(320) }),
  z.object({ id: Id }),
)
export const removeAddress = endpoint(
  'DELETE',
  '/api/v1/people/:personId/addresses/:addressId',
  z.strictObject({ ...APerson, addressId: Id }),
  Done,
)
/** An address that bounced works again. */
export const liftSuspension = endpoint(
  'POST',
  '/api/v1/people/:personId/addresses/:addressId/lift',
  z.strictObject({ ...APerson, addressId: Id }),
  Done,
)
export const setPersonField = endpoint(
  'PUT',
  '/api/v1/people/:personId/fields/:fieldId',
  z.strictObject({ ...APerson, fieldId: Id, value: FieldValue }),
  z.object({ value: FieldValue }),
)

/** Belonging: also confirms what a mail domain suggested. */
const AMembership = { ...APerson, organisationId: Id }
export const join = endpoint(
  'PUT',
  '/api/v1/people/:personId/organisations/:organisationId',
  z.strictObject({
    ...AMembership,
    role: z.string().trim().max(200).optional(),
    seesAll: z.boolean().optional(),
  }),
  Done,
)
/** Ends it, or says no to a suggestion, which is then not made again. */
export const leave = endpoint(
  'DELETE',
  '/api/v1/people/:personId/organisations/:organisationId',
  z.strictObject(AMembership),
  Done,
)

/** The survivor takes over everything; `mergeId` undoes it. */
export const mergePeople = endpoint(
  'POST',
  '/api/v1/people/:personId/merge',
  z.strictObject({ ...APerson, intoId: Id }),
  z.object({ mergeId: Id, into: PersonRef }),
)
export const unmergePeople = endpoint(
  'POST',
  '/api/v1/person-merges/:mergeId/undo',
  z.strictObject({ mergeId: Id }),
  z.object({ person: PersonRef }),
)
/** Looked at: two people. It is not suggested again. */
export const notTheSame = endpoint(
  'POST',
  '/api/v1/people/:personId/not-the-same',
  z.strictObject({ ...APerson, otherId: Id }),
  Done,
)

export const TimelineKind = z.enum([
  'conversation',
  'touch',
  'promise',
  'verdict',
  'note',
  'membership',
  'merge',
  'goodwill',
])
export type TimelineKind = z.infer<typeof TimelineKind>
export const TimelineEntry = z.object({
  /** with its kind and moment it names the entry */
  id: Id,
  kind: TimelineKind,
  at: Moment,
  /** the customer or member of the organisation it was with */
  person: PersonRef.nullable(),
  by: PersonRef.nullable(),
  organisation: PersonRef.nullable(),
  conversation: z
    .object({
      id: Id,
      number: z.number(),
      subject: z.string(),
      state: z.string(),
      outcome: z.string().nullable(),
      dueAt: Moment.nullable(),
      owner: PersonRef.nullable(),
    })
    .nullable(),
  promise: PromiseView.nullable(),
  /** which of its kind: call, visit, meeting; worked, incomplete, wrong; joined, left; merged, undone; credit, … */
  is: z.string(),
  minutes: z.number().nullable(),
  words: z.string(),
  /** who asks wrote it and may take it back */
  mine: z.boolean(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>
/** Newest first; `kinds` separated by commas, none means all. */
const Asked = {
  kinds: z
    .string()
    .max(200)
    .optional()
    .transform(text => text?.split(',').filter(Boolean))
    .pipe(z.array(TimelineKind).optional()),
  after: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(40),
}
const Timeline = z.object({ entries: z.array(TimelineEntry), next: Cursor.nullable() })
export const personTimeline = endpoint(
  'GET',
  '/api/v1/people/:personId/timeline',
  z.strictObject({ ...APerson, ...Asked }),
  Timeline,
)
export const organisationTimeline = endpoint(
  'GET',
  '/api/v1/organisations/:organisationId/timeline',
  z.strictObject({ organisationId: Id, ...Asked }),
  Timeline,
)

const Note = { noteId: Id.optional(), words: Words.max(20_000) }
/** `noteId` made by whoever asks: the same note sent twice is kept once. */
export const notePerson = endpoint(
  'POST',
  '/api/v1/people/:personId/notes',
  z.strictObject({ ...APerson, ...Note }),
  z.object({ noteId: Id }),
)
export const noteOrganisation = endpoint(
  'POST',
  '/api/v1/organisations/:organisationId/notes',
  z.strictObject({ organisationId: Id, ...Note }),
  z.object({ noteId: Id }),
)
/** One's own. */
export const takeBackNote = endpoint(
  'DELETE',
  '/api/v1/relationship-notes/:noteId',
  z.strictObject({ noteId: Id }),
  Done,
)
