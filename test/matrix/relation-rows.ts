/** What routes about people, organisations and who sees a conversation are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation } from '../people.ts'
import type { Matter } from './rights.ts'
import type { Row } from './rows.ts'
import type { Kind, World } from './world.ts'

const query = (world: World, text: string, values: unknown[]) => world.desk.database.pool.query(text, values)

async function aPerson(world: World, name = 'Inês Carvalho') {
  const personId = randomUUIDv7()
  await query(world, 'insert into person (id, name) values ($1, $2)', [personId, name])
  return personId
}
async function anOrganisation(world: World) {
  const organisationId = randomUUIDv7()
  await query(world, `insert into organisation (id, name, created_at) values ($1, 'Café Saudade', now())`, [
    organisationId,
  ])
  return organisationId
}
async function anAddress(world: World) {
  const [personId, addressId] = [await aPerson(world), randomUUIDv7()]
  const written = `bar-${addressId}@saudade.example`
  await query(world, `insert into address (id, person_id, kind, written, normal) values ($1, $2, 'mail', $3, $3)`, [
    addressId,
    personId,
    written,
  ])
  return { personId, addressId }
}
async function aField(world: World, about: 'person' | 'organisation') {
  const fieldId = randomUUIDv7()
  await query(
    world,
    `insert into custom_field (id, name, kind, about, position) values ($1, 'Coffee', 'yes-no', $2, 1)`,
    [fieldId, about],
  )
  return fieldId
}
async function aMembership(world: World) {
  const [personId, organisationId] = [await aPerson(world), await anOrganisation(world)]
  await query(world, 'insert into membership (person_id, organisation_id, since) values ($1, $2, now())', [
    personId,
    organisationId,
  ])
  return { personId, organisationId }
}
const serving = (as: Kind) => as === 'outsider' || as === 'lead' || as === 'teammate'
async function aNote(world: World, as: Kind) {
  const noteId = randomUUIDv7()
  const author = world.people[serving(as) ? (as as 'lead') : 'teammate'].personId
  await query(
    world,
    `insert into relationship_note (id, person_id, by_id, at, words) values ($1, $2, $3, now(), 'Likes it short.')`,
    [noteId, await aPerson(world), author],
  )
  return { noteId }
}
async function aMerge(world: World) {
  const [mergeId, survivor, absorbed] = [randomUUIDv7(), await aPerson(world), await aPerson(world)]
  const left = { about: '', language: null, zone: null, preferredChannel: null, preferredWords: null }
  const about = { ...left, noUnaskedSince: null, noUnaskedBy: null, noUnaskedSaid: null }
  const was = { moved: [], conversations: [], relationship: null, contacts: [], survivor: about, left: about }
  await query(world, 'update person set merged_into = $1 where id = $2', [survivor, absorbed])
  await query(
    world,
    'insert into person_merge (id, survivor_id, absorbed_id, at, was) values ($1, $2, $3, now(), $4)',
    [mergeId, survivor, absorbed, was],
  )
  return { mergeId }
}
async function aShare(world: World, matter: Matter) {
  const { id } = await conversation(world, matter)
  const shareId = randomUUIDv7()
  await query(
    world,
    'insert into conversation_share (id, conversation_id, person_id, by_id, since) values ($1, $2, $3, $4, now())',
    [shareId, id, await aPerson(world), world.people.lead.personId],
  )
  return { conversationId: id, shareId }
}
const conversation = (world: World, matter: Matter) =>
  aConversation(world.desk, {
    team: world.team,
    owner: matter === 'owned by the colleague' ? world.people.colleague : null,
    mailboxId: world.mailboxId,
  })
const person = (say?: Record<string, unknown>): Row => ({
  call: async world => ({ path: { personId: await aPerson(world) }, ...(say ? { say } : {}) }),
})
const organisation = (say?: Record<string, unknown>): Row => ({
  call: async world => ({ path: { organisationId: await anOrganisation(world) }, ...(say ? { say } : {}) }),
})

export const relationRows: Record<string, Row> = {
  'GET /api/v1/relations': { call: () => ({ say: { is: 'people', like: 'in' } }) },
  'GET /api/v1/wishes': { call: () => ({ say: { address: 'ines@saudade.example' } }) },
  'GET /api/v1/people/:personId': person(),
  'GET /api/v1/people/:personId/timeline': person({ kinds: 'note,touch' }),
  'POST /api/v1/people': { call: () => ({ say: { name: 'Soraya Duman' } }) },
  'PUT /api/v1/people/:personId': person({ about: 'Keeps the books.', preferredChannel: 'phone' }),
  'PUT /api/v1/people/:personId/unasked': person({ refuses: true, said: 'By phone.' }),
  'POST /api/v1/people/:personId/addresses': {
    call: async world => ({
      path: { personId: await aPerson(world) },
      say: { kind: 'mail', written: `new-${randomUUIDv7()}@saudade.example` },
    }),
  },
  'DELETE /api/v1/people/:personId/addresses/:addressId': { call: async world => ({ path: await anAddress(world) }) },
  'POST /api/v1/people/:personId/addresses/:addressId/lift': {
    call: async world => ({ path: await anAddress(world), say: {} }),
  },
  'PUT /api/v1/people/:personId/fields/:fieldId': {
    call: async world => ({
      path: { personId: await aPerson(world), fieldId: await aField(world, 'person') },
      say: { value: true },
    }),
  },
  'PUT /api/v1/people/:personId/organisations/:organisationId': {
    call: async world => ({
      path: { personId: await aPerson(world), organisationId: await anOrganisation(world) },
      say: { role: 'owner' },
    }),
  },
  'DELETE /api/v1/people/:personId/organisations/:organisationId': {
    call: async world => ({ path: await aMembership(world) }),
  },
  'POST /api/v1/people/:personId/notes': person({ words: 'Likes it short.' }),
  'POST /api/v1/organisations/:organisationId/notes': organisation({ words: 'Closed on Mondays.' }),
  'DELETE /api/v1/relationship-notes/:noteId': { call: async (world, as) => ({ path: await aNote(world, as) }) },
  'POST /api/v1/people/:personId/merge': {
    call: async world => ({ path: { personId: await aPerson(world) }, say: { intoId: await aPerson(world) } }),
  },
  'POST /api/v1/person-merges/:mergeId/undo': { call: async world => ({ path: await aMerge(world), say: {} }) },
  'POST /api/v1/people/:personId/not-the-same': {
    call: async world => ({ path: { personId: await aPerson(world) }, say: { otherId: await aPerson(world) } }),
  },

  'GET /api/v1/organisations/:organisationId': organisation(),
  'GET /api/v1/organisations/:organisationId/timeline': organisation(),
  'POST /api/v1/organisations': { call: () => ({ say: { name: 'Café Saudade' } }) },
  'PUT /api/v1/organisations/:organisationId': organisation({ about: 'Rotterdam' }),
  'PUT /api/v1/organisations/:organisationId/domains': {
    call: async world => ({
      path: { organisationId: await anOrganisation(world) },
      say: { domains: [`${randomUUIDv7()}.example`] },
    }),
  },
  'PUT /api/v1/organisations/:organisationId/fields/:fieldId': {
    call: async world => ({
      path: { organisationId: await anOrganisation(world), fieldId: await aField(world, 'organisation') },
      say: { value: true },
    }),
  },

  'GET /api/v1/conversations/:conversationId/sight': {
    call: async (world, _, matter) => ({ path: { conversationId: (await conversation(world, matter)).id } }),
  },
  'POST /api/v1/conversations/:conversationId/sight': {
    call: async (world, _, matter) => ({
      path: { conversationId: (await conversation(world, matter)).id },
      say: { personId: await aPerson(world) },
    }),
  },
  'DELETE /api/v1/conversations/:conversationId/sight/:shareId': {
    call: async (world, _, matter) => ({ path: await aShare(world, matter) }),
  },
}
