/**
 * The rights a route may declare. Each asks who is there and lets the policy decide: not signed in is 401, what one may
 * not see is absent (404), what one sees and may not do is 403. Rights over one conversation let members in; its door decides.
 */
import type { FastifyRequest } from 'fastify'
import { Id } from '../../contract/kit.ts'
import type { Db, Pool } from '../../platform/db/index.ts'
import { absent, Refusal, type Right } from '../../platform/http/index.ts'
import type { Member } from './actor.ts'
import type { Cookies } from './cookies.ts'
import {
  grantedAnywhere,
  leadsAnywhere,
  mayFindPeople,
  mayMakeTags,
  mayMergePeople,
  mayReadInsight,
  maySeeTags,
  maySettle,
  readsKnowledge,
  seesTeam,
  sortsIn,
  writesKnowledge,
} from './policy.ts'
import { teamExists } from './queries/teams.ts'
import { loadMember } from './tables/sessions.ts'

const rightNames = [
  'anyone',
  'self',
  'member',
  'administrator',
  'lead-or-administrator',
  'people:find',
  'people:merge',
  'tag:see',
  'tag:make',
  'team:read',
  'team:settle',
  'team:sort',
  'conversation:read',
  'conversation:write',
  'conversation:hand-over',
  'conversation:put-away',
  'conversation:merge',
  'conversation:begin',
  'promise:keep',
  'question:serve',
  'view:change',
  'rules:settle',
  'audit:read',
  'audit:export',
  'insight:read',
  'insight:export',
  'knowledge:read',
  'knowledge:write',
  'community:read',
  'community:tend',
  'community:settle',
] as const
export type RightName = (typeof rightNames)[number]

export type Rights = { [Name in RightName]: Right<Name extends 'anyone' ? null : Member> }

/** Who asks, as of now: live connections ask again long after their request began. Null for nobody. */
export type WhoAsks = (request: FastifyRequest) => Promise<Member | null>

export function createWhoAsks(parts: { pool: Pool; cookies: Cookies }): WhoAsks {
  return async request => {
    const tokenHash = parts.cookies.tokenHash(request)
    return tokenHash ? loadMember(parts.pool, tokenHash, request.server.clock()) : null
  }
}

export function createRights({ whoAsks, db }: { whoAsks: WhoAsks; db: Db }): Rights {
  const right = <Name extends RightName>(
    name: Name,
    check: (member: Member, request: FastifyRequest) => void | Promise<void>,
  ) => ({
    name,
    admit: async (request: FastifyRequest) => {
      const member = await whoAsks(request)
      if (!member) throw new Refusal('not-signed-in', 401)
      if (member.mustSetUp && name !== 'self') throw new Refusal('second-factor-needed', 403)
      await check(member, request)
      return member
    },
  })
  const onlyIf = (may: boolean) => {
    if (!may) throw new Refusal('not-yours', 403)
  }
  const anyMember = () => {}
  return {
    anyone: { name: 'anyone', admit: async () => null },
    // One's own account, also before the second factor that is asked for is set up.
    self: right('self', anyMember),
    member: right('member', anyMember),
    administrator: right('administrator', member => onlyIf(member.administrator)),
    'lead-or-administrator': right('lead-or-administrator', member =>
      onlyIf(member.administrator || leadsAnywhere(member)),
    ),
    'people:find': right('people:find', member => onlyIf(mayFindPeople(member))),
    'people:merge': right('people:merge', member => onlyIf(mayMergePeople(member))),
    'tag:see': right('tag:see', member => onlyIf(maySeeTags(member))),
    'tag:make': right('tag:make', member => onlyIf(mayMakeTags(member))),
    'team:read': right('team:read', (member, request) => {
      if (!seesTeam(member, teamOf(request))) throw absent()
    }),
    'team:settle': right('team:settle', async (member, request) => {
      const teamId = teamOf(request)
      if (!seesTeam(member, teamId)) throw absent()
      if (maySettle(member, teamId)) return
      throw (await teamExists(db, teamId)) ? new Refusal('not-yours', 403) : absent()
    }),
    'team:sort': right('team:sort', async (member, request) => {
      const teamId = teamOf(request)
      if (!sortsIn(member, teamId) || !(await teamExists(db, teamId))) throw absent()
    }),
    'conversation:read': right('conversation:read', anyMember),
    'conversation:write': right('conversation:write', anyMember),
    'conversation:hand-over': right('conversation:hand-over', anyMember),
    'conversation:put-away': right('conversation:put-away', anyMember),
    'conversation:merge': right('conversation:merge', anyMember),
    'conversation:begin': right('conversation:begin', anyMember),
    'promise:keep': right('promise:keep', anyMember),
    // Those of teams in which one serves; the door decides.
    'question:serve': right('question:serve', anyMember),
    'rules:settle': right('rules:settle', member => onlyIf(grantedAnywhere(member, 'rules'))),
    'audit:read': right('audit:read', member => onlyIf(grantedAnywhere(member, 'audit'))),
    'audit:export': right('audit:export', member =>
      onlyIf(grantedAnywhere(member, 'audit') && grantedAnywhere(member, 'export')),
    ),
    'insight:read': right('insight:read', member => onlyIf(mayReadInsight(member))),
    'insight:export': right('insight:export', member =>
      onlyIf(mayReadInsight(member) && grantedAnywhere(member, 'export')),
    ),
    // What is inside is read by whoever has a part in a team, and written by whoever serves.
    'knowledge:read': right('knowledge:read', member => onlyIf(readsKnowledge(member))),
    'knowledge:write': right('knowledge:write', member => onlyIf(writesKnowledge(member))),
    // Whoever reads what we know answers in the community; whoever serves looks after it.
    'community:read': right('community:read', member => onlyIf(readsKnowledge(member))),
    'community:tend': right('community:tend', member => onlyIf(writesKnowledge(member))),
    'community:settle': right('community:settle', member => onlyIf(member.administrator || leadsAnywhere(member))),
    'view:change': right('view:change', anyMember),
  }
}

/** What is no id names no team. */
function teamOf(request: FastifyRequest): string {
  const id = Id.safeParse((request.params as Record<string, unknown>).teamId)
  if (!id.success) throw absent()
  return id.data
}
