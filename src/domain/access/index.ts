/** Who is there and what they may do, as other slices and the wiring use it. */
import type { FastifyInstance } from 'fastify'
import { peopleRoutes } from '../people/index.ts'
import { createCookies } from './cookies.ts'
import type { AccessParts } from './parts.ts'
import { createRights, createWhoAsks, type Rights, type WhoAsks } from './rights.ts'
import { absenceRoutes } from './routes/absences.ts'
import { createDoorway } from './routes/doorway.ts'
import { rightsRoutes } from './routes/rights.ts'
import { securityRoutes } from './routes/security.ts'
import { sessionRoutes } from './routes/session.ts'
import { memberRoutes, teamRoutes } from './routes/teams.ts'

export { type Actor, actorId, type Member, type System, systemActor } from './actor.ts'
export { answering, answeringFor, coveredBy, onDuty, standingFor } from './answering.ts'
export { needProof } from './commands/factors.ts'
export { issueFirstAdministratorLink } from './commands/first-administrator.ts'
export { issueLinkForLockedOut } from './commands/locked-out.ts'
export { changeSetting } from './commands/setting.ts'
export type { AccessParts, AccountMail, MailLink } from './parts.ts'
export {
  granted,
  grantedAnywhere,
  leadsAnywhere,
  learnsOfInstallation,
  liveSightOf,
  mayBegin,
  mayFindPeople,
  mayHandOver,
  mayMakeTags,
  mayMerge,
  mayMergePeople,
  mayPutAway,
  mayRead,
  maySettleField,
  maySettleRules,
  mayWrite,
  ownedOnlyTeams,
  type Place,
  readsKnowledge,
  scopesOf,
  seesField,
  servesIn,
  sortsIn,
  visibleTeams,
  writesKnowledge,
} from './policy.ts'
export { type OnDuty, onDutyNow } from './queries/duty.ts'
export { inSightOf, keepersOfMailbox, readersInside, readersOf } from './readers.ts'
export type { RightName, Rights, WhoAsks } from './rights.ts'
export { networkOf } from './rules.ts'
export { actingMember } from './tables/acting.ts'
export {
  type Installation,
  type InstallationSettings,
  installation,
  lookOf,
  putSetting,
  renameInstallation,
  settingsOfInstallation,
  wholeInstallation,
} from './tables/installation.ts'
export { sweepAccess } from './tables/sessions.ts'
export {
  communityBuckets,
  customerBuckets,
  formBuckets,
  outsideBuckets,
  secondsForMany,
  secondsToWait,
  suggestBuckets,
} from './tables/throttle.ts'

export type Access = { rights: Rights; whoAsks: WhoAsks; plainHttp: boolean; routes: (app: FastifyInstance) => void }

/** Rights for every slice's routes, and the routes of access and people themselves. */
export function createAccess(parts: AccessParts): Access {
  const cookies = createCookies(parts.baseUrl)
  const whoAsks = createWhoAsks({ pool: parts.pool, cookies })
  const rights = createRights({ whoAsks, db: parts.db })
  return {
    rights,
    whoAsks,
    plainHttp: cookies.plainHttp,
    routes(app) {
      const doorway = createDoorway({ db: parts.db, cookies })
      sessionRoutes(app, { ...parts, rights, cookies, doorway })
      securityRoutes(app, { ...parts, rights, doorway })
      rightsRoutes(app, { db: parts.db, rights })
      memberRoutes(app, { ...parts, rights })
      teamRoutes(app, { ...parts, rights })
      absenceRoutes(app, { ...parts, rights })
      peopleRoutes(app, { db: parts.db, mayFind: rights['people:find'] })
    },
  }
}
