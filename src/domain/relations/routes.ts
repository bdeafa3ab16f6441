/** HTTP for people and organisations as we know them: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as of from '../../contract/organisations.ts'
import * as contract from '../../contract/relations.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import { absent, serve } from '../../platform/http/index.ts'
import type { Member, Rights } from '../access/index.ts'
import { mergePeople, unmergePeople } from './commands/merge.ts'
import * as notes from './commands/notes.ts'
import * as organisations from './commands/organisations.ts'
import * as people from './commands/people.ts'
import { relationsList } from './queries/list.ts'
import { organisationPage } from './queries/organisation.ts'
import { personPage, survivorOf, wishesOf } from './queries/person.ts'
import { sightOf } from './queries/sight.ts'
import { isOrganisation, timelineOf } from './queries/timeline.ts'

export function relationRoutes(app: FastifyInstance, parts: { db: Db; rights: Rights; nudges: Nudges }) {
  const { db, rights, nudges } = parts
  const sees = rights['people:find']
  const change =
    <I, T>(act: (tx: Tx, actor: Member, input: I, now: Date) => Promise<T>) =>
    async (input: I, { actor, now }: { actor: Member; now: Date }) => {
      const done = await inTransaction(db, tx => act(tx, actor, input, now))
      nudges.send('happened')
      return done
    }

  serve(app, of.relations, sees, input => relationsList(db, { ...input, archived: input.archived === 'true' }))
  serve(app, contract.person, sees, (input, { actor, now }) => personPage(db, actor, input.personId, now))
  serve(app, contract.wishes, sees, async input => ({ wishes: await wishesOf(db, input) }))
  serve(app, contract.personTimeline, sees, async ({ personId, ...asked }, { actor, now }) => {
    const id = await survivorOf(db, personId)
    if (!id) throw absent()
    return timelineOf(db, actor, { is: 'person', id }, asked, now)
  })
  serve(app, contract.makePerson, sees, change(people.makePerson))
  serve(app, contract.changePerson, sees, change(people.changePerson))
  serve(app, contract.refuseUnasked, sees, change(people.refuseUnasked))
  serve(app, contract.addAddress, sees, change(people.addAddress))
  serve(app, contract.removeAddress, sees, change(people.removeAddress))
  serve(app, contract.liftSuspension, sees, change(people.liftSuspension))
  serve(app, contract.setPersonField, sees, change(people.setPersonField))
  serve(app, contract.join, sees, change(people.join))
  serve(app, contract.leave, sees, change(people.leave))
  serve(app, contract.notePerson, sees, change(notes.notePerson))
  serve(app, contract.noteOrganisation, sees, change(notes.noteOrganisation))
  serve(
    app,
    contract.takeBackNote,
    sees,
    change((tx, actor, { noteId }, now) => notes.takeBackNote(tx, actor, noteId, now)),
  )
  serve(app, contract.mergePeople, rights['people:merge'], change(mergePeople))
  serve(
    app,
    contract.unmergePeople,
    rights['people:merge'],
    change((tx, actor, { mergeId }, now) => unmergePeople(tx, actor, mergeId, now)),
  )
  serve(app, contract.notTheSame, rights['people:merge'], change(people.notTheSame))

  serve(app, of.organisation, sees, (input, { actor, now }) => organisationPage(db, actor, input.organisationId, now))
  serve(app, contract.organisationTimeline, sees, async ({ organisationId, ...asked }, { actor, now }) => {
    if (!(await isOrganisation(db, organisationId))) throw absent()
    return timelineOf(db, actor, { is: 'organisation', id: organisationId }, asked, now)
  })
  serve(app, of.makeOrganisation, sees, change(organisations.makeOrganisation))
  serve(app, of.changeOrganisation, sees, change(organisations.changeOrganisation))
  serve(app, of.setDomains, sees, change(organisations.setDomains))
  serve(app, of.setOrganisationField, sees, change(organisations.setOrganisationField))

  serve(app, of.sight, rights['conversation:read'], (input, { actor }) => sightOf(db, actor, input.conversationId))
  serve(app, of.shareConversation, rights['conversation:write'], change(organisations.shareConversation))
  serve(app, of.unshareConversation, rights['conversation:write'], change(organisations.unshareConversation))
}
