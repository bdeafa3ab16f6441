/** HTTP for members, teams, duty and calendars: check the shape, call the command, show what came of it; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../../contract/teams.ts'
import { inTransaction } from '../../../platform/db/index.ts'
import { absent, serve } from '../../../platform/http/index.ts'
import { changeMember, invite, linkForMember } from '../commands/members.ts'
import { addDuty, changeTeam, leaveTeam, makeTeam, removeDuty, saveCalendar, setRole } from '../commands/teams.ts'
import type { AccessParts } from '../parts.ts'
import { colleaguesOf, memberViews } from '../queries/members.ts'
import { calendarViews, dutiesOf, teamExists, teamViews } from '../queries/teams.ts'
import type { Rights } from '../rights.ts'
import { day } from '../rules.ts'

const done = { done: true } as const

export function memberRoutes(app: FastifyInstance, parts: AccessParts & { rights: Rights }) {
  const { db, rights } = parts
  serve(app, contract.members, rights['lead-or-administrator'], async () => ({ members: await memberViews(db) }))
  serve(app, contract.colleagues, rights.member, async (_, { actor, now }) => ({
    colleagues: await colleaguesOf(db, actor, now),
  }))
  serve(app, contract.invite, rights.administrator, (input, { actor, now }) =>
    inTransaction(db, async tx => {
      const { personId, link } = await invite(parts, tx, actor, input, now)
      return { member: first(await memberViews(tx, personId)), link }
    }),
  )
  serve(app, contract.changeMember, rights.administrator, (input, { actor, now }) =>
    inTransaction(db, async tx => {
      await changeMember(tx, actor, input, now)
      return { member: first(await memberViews(tx, input.memberId)) }
    }),
  )
  serve(app, contract.linkForMember, rights.administrator, async ({ memberId }, { actor, now }) => ({
    link: await inTransaction(db, tx => linkForMember(parts, tx, actor, memberId, now)),
  }))
}

export function teamRoutes(app: FastifyInstance, parts: AccessParts & { rights: Rights }) {
  const { db, rights } = parts
  serve(app, contract.teams, rights.member, async (_, { actor, now }) => ({ teams: await teamViews(db, actor, now) }))
  serve(app, contract.makeTeam, rights.administrator, (input, { actor, now }) =>
    inTransaction(db, async tx => {
      const teamId = await makeTeam(tx, actor, input, now)
      return { team: first(await teamViews(tx, actor, now, teamId)) }
    }),
  )
  serve(app, contract.changeTeam, rights['team:settle'], ({ teamId, ...change }, { actor, now }) =>
    inTransaction(db, async tx => {
      await changeTeam(tx, actor, teamId, change, now)
      return { team: first(await teamViews(tx, actor, now, teamId)) }
    }),
  )
  serve(app, contract.setRole, rights['team:settle'], async (input, { actor, now }) => {
    await inTransaction(db, tx => setRole(tx, actor, input, now))
    return done
  })
  serve(app, contract.leaveTeam, rights['team:settle'], async (input, { actor, now }) => {
    await inTransaction(db, tx => leaveTeam(tx, actor, input, now))
    return done
  })

  serve(app, contract.duties, rights['team:read'], async (input, { now }) => {
    if (!(await teamExists(db, input.teamId))) throw absent()
    const from = input.from ? new Date(input.from) : now
    const to = input.to ? new Date(input.to) : new Date(from.getTime() + 90 * day)
    return { duties: to > from ? await dutiesOf(db, { teamId: input.teamId, from, to }) : [] }
  })
  serve(app, contract.addDuty, rights['team:settle'], (input, { actor, now }) =>
    inTransaction(db, async tx => {
      const dutyId = await addDuty(tx, actor, input, now)
      const span = { from: new Date(input.from), to: new Date(input.to) }
      return { duty: first(await dutiesOf(tx, { teamId: input.teamId, ...span, dutyId })) }
    }),
  )
  serve(app, contract.removeDuty, rights['team:settle'], async (input, { actor, now }) => {
    await inTransaction(db, tx => removeDuty(tx, actor, input, now))
    return done
  })

  serve(app, contract.calendars, rights['lead-or-administrator'], async () => ({ calendars: await calendarViews(db) }))
  serve(app, contract.saveCalendar, rights['lead-or-administrator'], ({ calendarId, ...rest }, { actor, now }) =>
    inTransaction(db, async tx => {
      await saveCalendar(tx, actor, { id: calendarId, ...rest }, now)
      return { calendar: first(await calendarViews(tx, calendarId)) }
    }),
  )
}

/** What a command has just written is there; if not, it is absent for this actor. */
function first<Row>(rows: readonly Row[]): Row {
  const row = rows[0]
  if (row === undefined) throw absent()
  return row
}
