/** Organisations: made, named, put away; their people and mail domains; lists of them and of people; and who else sees a conversation. */
import { z } from 'zod'
import { ConversationField, FieldValue } from './fields.ts'
import { Cursor, Done, endpoint, Id, Moment } from './kit.ts'
import { PersonRef } from './promises.ts'
import { AboutThem, Contact, Exchange, Name } from './relations.ts'

const Colleague = z.object({
  person: PersonRef,
  role: z.string(),
  /** the mail address one would write to */
  address: z.string().nullable(),
  language: z.string().nullable(),
  suggested: z.boolean(),
  seesAll: z.boolean(),
  lastAt: Moment.nullable(),
  rhythmDays: z.number().nullable(),
})
export const OrganisationPage = z.object({
  id: Id,
  name: z.string(),
  about: z.string(),
  since: Moment,
  archived: z.boolean(),
  language: z.string().nullable(),
  zone: z.string().nullable(),
  /** its own reply target, in working minutes */
  replyWithin: z.number().nullable(),
  domains: z.array(z.string()),
  /** those last in touch first */
  people: z.array(Colleague),
  peopleCount: z.number(),
  fields: z.array(ConversationField),
  contact: Contact,
  exchange: Exchange,
})
export type OrganisationPage = z.infer<typeof OrganisationPage>
const One = { organisationId: Id }
export const organisation = endpoint(
  'GET',
  '/api/v1/organisations/:organisationId',
  z.strictObject(One),
  OrganisationPage,
)

export const makeOrganisation = endpoint(
  'POST',
  '/api/v1/organisations',
  z.strictObject({ name: Name, about: z.string().trim().max(2000).default('') }),
  z.object({ id: Id }),
)
export const changeOrganisation = endpoint(
  'PUT',
  '/api/v1/organisations/:organisationId',
  z.strictObject({
    ...One,
    ...AboutThem,
    replyWithin: z.number().int().min(1).max(100_000).nullable().optional(),
    archived: z.boolean().optional(),
  }),
  Done,
)
/** All of them at once. Mail from there suggests the organisation and grants nothing; a domain everybody uses is refused. */
export const setDomains = endpoint(
  'PUT',
  '/api/v1/organisations/:organisationId/domains',
  z.strictObject({ ...One, domains: z.array(z.string().trim().min(3).max(253)).max(50) }),
  z.object({ domains: z.array(z.string()), suggested: z.number() }),
)
export const setOrganisationField = endpoint(
  'PUT',
  '/api/v1/organisations/:organisationId/fields/:fieldId',
  z.strictObject({ ...One, fieldId: Id, value: FieldValue }),
  z.object({ value: FieldValue }),
)

export const RelationRow = z.object({
  id: Id,
  name: z.string(),
  /** of a person an address; of an organisation what it is */
  about: z.string(),
  organisations: z.array(PersonRef),
  people: z.number(),
  lastAt: Moment.nullable(),
  member: z.boolean(),
  archived: z.boolean(),
})
export type RelationRow = z.infer<typeof RelationRow>
/** By name, page by page; `like` is the beginning of a name, an address or a domain. */
export const relations = endpoint(
  'GET',
  '/api/v1/relations',
  z.strictObject({
    is: z.enum(['people', 'organisations']),
    like: z.string().trim().max(100).default(''),
    archived: z.enum(['true', 'false']).default('false'),
    after: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  z.object({ rows: z.array(RelationRow), next: Cursor.nullable() }),
)

const OfConversation = { conversationId: Id }
/** Who may see this conversation beside its customer, and why. */
export const Sight = z.object({
  /** by a membership that sees everything of the organisation */
  colleagues: z.array(z.object({ person: PersonRef, organisation: PersonRef })),
  shares: z.array(
    z.object({
      id: Id,
      with: z.object({ id: Id, name: z.string(), is: z.enum(['person', 'organisation']) }),
      by: PersonRef,
      since: Moment,
    }),
  ),
  /** those it could be shared with at once: the customer's organisations and the people there */
  near: z.array(z.object({ id: Id, name: z.string(), is: z.enum(['person', 'organisation']) })),
})
export type Sight = z.infer<typeof Sight>
export const sight = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/sight',
  z.strictObject(OfConversation),
  Sight,
)
export const shareConversation = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/sight',
  z.strictObject({ ...OfConversation, personId: Id.optional(), organisationId: Id.optional() }),
  z.object({ shareId: Id }),
)
export const unshareConversation = endpoint(
  'DELETE',
  '/api/v1/conversations/:conversationId/sight/:shareId',
  z.strictObject({ ...OfConversation, shareId: Id }),
  Done,
)
