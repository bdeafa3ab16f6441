/** A desk with two teams and three members on which conversations are merged, split, moved and put off over HTTP, and what its tests ask. */
import { sql } from 'kysely'
import { conversationRoutes } from '../src/domain/conversations/index.ts'
import {
  aConversation,
  aDesk,
  aMailbox,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type DeskOptions,
  type TestMember,
  type TestTeam,
} from './people.ts'

export const silence = {
  send: () => {},
  listen: () => ({ ring: async () => {}, close: () => {} }),
  stop: async () => {},
}

export async function structureDesk(options: Pick<DeskOptions, 'more'> = {}) {
  const desk = await aDesk({
    more: async made => {
      const { app, database, access, files } = made
      conversationRoutes(app, { db: database.db, rights: access.rights, files, nudges: silence })
      await options.more?.(made)
    },
  })
  const team = await aTeam(desk, { name: 'Workshop' })
  const other = await aTeam(desk, { name: 'Sales' })
  const mailboxId = (await aMailbox(desk, team)).id
  const ana = await aMember(desk, { name: 'Ana', teams: { [team.id]: 'lead' } })
  const bram = await aMember(desk, { name: 'Bram', teams: { [team.id]: 'teammate', [other.id]: 'teammate' } })
  const outsider = await aMember(desk, { name: 'Olga', teams: { [other.id]: 'teammate' } })
  const cookies = {
    ana: await cookieOf(desk, ana),
    bram: await cookieOf(desk, bram),
    outsider: await cookieOf(desk, outsider),
  }

  const at = (hours: number) => new Date(desk.clock.now.getTime() + hours * 3_600_000).toISOString()
  const say = (who: keyof typeof cookies, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    ask(desk, method, `/api/v1${path}`, body as never, { cookie: cookies[who] })
  let customers = 0
  const fresh = (more: { customer?: string; owner?: TestMember | null; team?: TestTeam; words?: string } = {}) =>
    aConversation(desk, { team, mailboxId, customer: `k${++customers}@saudade.example`, ...more })
  async function row(id: string) {
    const { rows } = await sql<{
      state: string
      version: number
      ownerId: string | null
      teamId: string
      dueAt: Date | null
      mergedInto: string | null
    }>`
      select state, version, owner_id, team_id, due_at, merged_into from conversation where id = ${id}::uuid`.execute(
      desk.database.db,
    )
    return rows[0]!
  }
  const openKinds = async (id: string) =>
    (
      await sql<{
        kind: string
      }>`select kind from promise where conversation_id = ${id}::uuid and ended_at is null order by kind`.execute(
        desk.database.db,
      )
    ).rows.map(each => each.kind)
  const messagesOf = async (id: string) =>
    (
      await sql<{ id: string }>`select id from message where conversation_id = ${id}::uuid order by at, id`.execute(
        desk.database.db,
      )
    ).rows.map(each => each.id)
  const answered = () => ({ is: 'answered', followUpAt: at(170) })
  const reply = (to: string, seenVersion: number, more: object = {}) => ({
    ...{ seenVersion, body: '<p>Here you are.</p>', recipients: { to: [to], cc: [] }, nextStep: answered() },
    ...more,
  })
  return {
    desk,
    team,
    other,
    mailboxId,
    ana,
    bram,
    outsider,
    at,
    say,
    fresh,
    row,
    openKinds,
    messagesOf,
    answered,
    reply,
  }
}
