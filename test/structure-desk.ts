/** A desk with two teams and three members on which conversations are merged, split, moved and put off over HTTP, and what its tests ask. */
import { sql } from 'kysely'
import { conversationRoutes } from '../src/domain/conversations/index.ts'
import { aCrew } from './crew.ts'
import { noNudges } from './desk.ts'
import { aConversation, aMailbox, type DeskOptions, type TestMember, type TestTeam } from './people.ts'

export async function structureDesk(options: Pick<DeskOptions, 'more'> = {}) {
  const { desk, teams, people, at, ...crew } = await aCrew({
    more: async made => {
      const { app, database, access, files } = made
      conversationRoutes(app, { db: database.db, rights: access.rights, files, nudges: noNudges })
      await options.more?.(made)
    },
    teams: { team: 'Workshop', other: 'Sales' },
    people: {
      ana: { name: 'Ana', in: { team: 'lead' } },
      bram: { name: 'Bram', in: { team: 'teammate', other: 'teammate' } },
      outsider: { name: 'Olga', in: { other: 'teammate' } },
    },
  })
  const { team, other } = teams
  const { ana, bram, outsider } = people
  const mailboxId = (await aMailbox(desk, team)).id
  const say = crew.call
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
