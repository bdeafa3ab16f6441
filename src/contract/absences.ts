/** Who is away and who answers meanwhile; and how a team gives out what is new. */
import { z } from 'zod'
import { Done, endpoint, Id, Moment, Nothing } from './kit.ts'
import { PersonRef } from './promises.ts'

export const AbsenceView = z.object({
  id: Id,
  member: PersonRef,
  /** null: who is on duty answers */
  deputy: PersonRef.nullable(),
  from: Moment,
  to: Moment,
  /** the actor may end or remove it */
  mine: z.boolean(),
})
export type AbsenceView = z.infer<typeof AbsenceView>

/** Running and coming ones: one's own, and of those one shares a team with; an administrator sees all. */
export const absences = endpoint('GET', '/api/v1/absences', Nothing, z.object({ absences: z.array(AbsenceView) }))
/** For oneself; for others a lead of their team or an administrator. */
export const addAbsence = endpoint(
  'POST',
  '/api/v1/absences',
  z.strictObject({ memberId: Id, from: Moment, to: Moment, deputyId: Id.nullable() }),
  z.object({ absence: AbsenceView }),
)
/** A running one ends now; a coming one is gone. */
export const endAbsence = endpoint('DELETE', '/api/v1/absences/:absenceId', z.strictObject({ absenceId: Id }), Done)
/** Whom the actor covers right now, because of absence. */
export const covering = endpoint(
  'GET',
  '/api/v1/absences/covering',
  Nothing,
  z.object({ covering: z.array(z.object({ member: PersonRef, until: Moment })) }),
)

export const Assigns = z.enum(['off', 'duty', 'least-loaded'])
export const TeamLoad = z.object({
  assigns: Assigns,
  members: z.array(z.object({ id: Id, name: z.string(), limit: z.number().nullable(), open: z.number() })),
})
/** What each member of a team has open there; for those who serve in it or settle it. */
export const teamLoad = endpoint('GET', '/api/v1/teams/:teamId/load', z.strictObject({ teamId: Id }), TeamLoad)
export const setAssigns = endpoint(
  'PUT',
  '/api/v1/teams/:teamId/assigns',
  z.strictObject({ teamId: Id, assigns: Assigns }),
  Done,
)
export const setLoadLimit = endpoint(
  'PUT',
  '/api/v1/teams/:teamId/members/:memberId/load',
  z.strictObject({ teamId: Id, memberId: Id, limit: z.int().min(1).max(10_000).nullable() }),
  Done,
)
