/** A desk with teams and people in them, each of whom asks the server in their own name: what most tests over HTTP begin with. */
import type { Role } from '../src/contract/session.ts'
import {
  type Answer,
  aDesk,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type DeskOptions,
  type MemberWishes,
  type TestDesk,
  type TestMember,
  type TestTeam,
} from './people.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Person<Team extends string> = Omit<MemberWishes, 'teams'> & { in?: Partial<Record<Team, Role>> }

export async function aCrew<Team extends string, Who extends string>(given: {
  more?: DeskOptions['more']
  now?: Date
  /** by the names they have here */
  teams: Record<Team, string>
  people: Record<Who, Person<Team>>
}) {
  const desk = await aDesk(given.more ? { more: given.more } : {})
  if (given.now) desk.clock.now = given.now
  const teams = {} as Record<Team, TestTeam>
  for (const [key, name] of Object.entries<string>(given.teams)) teams[key as Team] = await aTeam(desk, { name })
  const people = {} as Record<Who, TestMember>
  for (const [key, { in: roles, ...wishes }] of Object.entries<Person<Team>>(given.people)) {
    const of = Object.fromEntries(
      Object.entries(roles ?? {}).map(([team, role]) => [teams[team as Team].id, role as Role]),
    )
    people[key as Who] = await aMember(desk, { ...wishes, teams: of })
  }
  const call = callsOn(desk)
  return {
    desk,
    teams,
    people,
    call: (who: Who, method: Method, path: string, say?: unknown) => call(people[who], method, path, say),
    as: call,
    run: (text: string, values: unknown[] = []) => desk.database.pool.query(text, values),
    at: (hours: number) => new Date(desk.clock.now.getTime() + hours * 3_600_000).toISOString(),
  }
}

/** Everybody keeps one session for as long as it counts; months may pass here. */
function callsOn(desk: TestDesk) {
  const cookies = new Map<string, { cookie: string; since: number }>()
  return async (who: { personId: string }, method: Method, path: string, say?: unknown): Promise<Answer> => {
    const now = desk.clock.now.getTime()
    const known = cookies.get(who.personId)
    const kept =
      known && Math.abs(now - known.since) < 3_600_000 ? known : { cookie: await cookieOf(desk, who), since: now }
    cookies.set(who.personId, kept)
    return ask(desk, method, `/api/v1${path}`, say, { cookie: kept.cookie })
  }
}
