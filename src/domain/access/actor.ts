/** Who asks: a member who is signed in, or a part of Pond itself. Nobody is null. Holds facts only; what they allow is the policy's. */
import type { Grants } from '../../contract/rights.ts'
import type { Role } from '../../contract/session.ts'

export type Member = {
  is: 'member'
  personId: string
  name: string
  /** of the installation; says nothing about the conversations of a team */
  administrator: boolean
  sessionId: string
  /** by team id; archived teams are left out */
  roles: ReadonlyMap<string, Role>
  /** what the installation switched otherwise than it stands at first */
  grants?: Grants
  /** this session opens nothing but the page that sets up a second factor */
  mustSetUp?: boolean
}

/** A part of Pond that acts on its own: intake, the clock, an import. It sees everything. */
export type System = { is: 'system'; name: string }

export type Actor = Member | System

export function systemActor(name: string): System {
  return { is: 'system', name }
}

/** What an event names as its actor. */
export function actorId(actor: Actor): string | null {
  return actor.is === 'member' ? actor.personId : null
}
