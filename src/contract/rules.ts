/** Rules that sort what comes in, as people write and see them: conditions, what then happens, and a try over past mail. */
import { z } from 'zod'
import { Done, endpoint, Id, Moment, Nothing } from './kit.ts'
import { PersonRef } from './promises.ts'
import { TagRef } from './tags.ts'

const Phrase = z.string().trim().min(1).max(100)

/** All that are given must fit; of a list, one is enough. */
export const RuleConditions = z.strictObject({
  /** it came through one of these mailboxes */
  mailboxIds: z.array(Id).max(50).default([]),
  /** it was written to one of these addresses */
  to: z.array(Phrase).max(50).default([]),
  /** an address, a domain ("example.org", its parts included), or a piece of the sender's name */
  from: z.array(Phrase).max(50).default([]),
  /** words that begin like this; "in quotes" they stand whole */
  words: z.array(Phrase).max(50).default([]),
  wordsIn: z.enum(['subject', 'body', 'both']).default('both'),
  /** ISO 639-1 */
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .nullable()
    .default(null),
  hasAttachment: z.boolean().nullable().default(null),
})
export type RuleConditions = z.infer<typeof RuleConditions>

export const RuleActions = z.strictObject({
  teamId: Id.nullable().default(null),
  ownerId: Id.nullable().default(null),
  tagIds: z.array(Id).max(20).default([]),
  priority: z.int().min(-1).max(2).nullable().default(null),
  /** nobody must answer it; nobody is promised anything */
  aside: z.boolean().default(false),
})
export type RuleActions = z.infer<typeof RuleActions>

const RuleFields = {
  name: z.string().trim().min(1).max(100),
  enabled: z.boolean().default(true),
  stops: z.boolean().default(false),
  conditions: RuleConditions,
  actions: RuleActions,
}

export const RuleView = z.object({
  id: Id,
  /** null: of the whole installation */
  teamId: Id.nullable(),
  name: z.string(),
  enabled: z.boolean(),
  stops: z.boolean(),
  conditions: RuleConditions,
  actions: RuleActions,
  /** those its actions name */
  tags: z.array(TagRef),
  /** in the last 30 days */
  matches: z.number(),
  /** it names a team, member or tag that is no longer there */
  broken: z.boolean(),
})
export type RuleView = z.infer<typeof RuleView>

/** Those the actor may settle, in the order in which they are asked: the installation's, then team by team. */
export const rules = endpoint('GET', '/api/v1/rules', Nothing, z.object({ rules: z.array(RuleView) }))
/** The mailboxes, teams and members a rule may name. Tags are found by typing. */
export const ruleChoices = endpoint(
  'GET',
  '/api/v1/rules/choices',
  Nothing,
  z.object({
    mailboxes: z.array(z.object({ id: Id, address: z.string(), teamId: Id })),
    teams: z.array(z.object({ id: Id, name: z.string(), settles: z.boolean(), members: z.array(PersonRef) })),
  }),
)
export const makeRule = endpoint(
  'POST',
  '/api/v1/rules',
  z.strictObject({ teamId: Id.nullable(), ...RuleFields }),
  z.object({ rule: RuleView }),
)
export const changeRule = endpoint(
  'PUT',
  '/api/v1/rules/:ruleId',
  z.strictObject({
    ruleId: Id,
    name: RuleFields.name.optional(),
    enabled: z.boolean().optional(),
    stops: z.boolean().optional(),
    conditions: RuleConditions.optional(),
    actions: RuleActions.optional(),
  }),
  z.object({ rule: RuleView }),
)
export const removeRule = endpoint('DELETE', '/api/v1/rules/:ruleId', z.strictObject({ ruleId: Id }), Done)
export const restoreRule = endpoint(
  'POST',
  '/api/v1/rules/:ruleId/restore',
  z.strictObject({ ruleId: Id }),
  z.object({ rule: RuleView }),
)
/** One place up or down among the rules of the same team, or of the installation. */
export const moveRule = endpoint(
  'POST',
  '/api/v1/rules/:ruleId/move',
  z.strictObject({ ruleId: Id, to: z.enum(['up', 'down']) }),
  Done,
)

export const RuleChange = z.enum(['team', 'owner', 'tag', 'priority', 'aside'])
export const TriedOn = z.object({
  id: Id,
  number: z.number(),
  subject: z.string(),
  customer: PersonRef,
  teamId: Id,
  at: Moment,
  /** what is otherwise now than the rule would have made it */
  changes: z.array(RuleChange),
})
/** Over past mail that the actor may see, the newest first; changes nothing. `looked` says how far it came in the time it takes. */
export const tryRule = endpoint(
  'POST',
  '/api/v1/rules/try',
  z.strictObject({
    teamId: Id.nullable(),
    conditions: RuleConditions,
    actions: RuleActions,
    last: z.int().min(1).max(5000).default(500),
  }),
  z.object({
    looked: z.number(),
    since: Moment.nullable(),
    matched: z.number(),
    shown: z.array(TriedOn),
    /** time was up before all were looked at */
    cut: z.boolean(),
  }),
)
