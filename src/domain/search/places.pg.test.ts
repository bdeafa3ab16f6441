/** Where messages lie, by team and time: the app and the database name it alike, and it is asked for with few words and with many. */
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { searchDesk } from '../../../test/search-desk.ts'
import { queryOfPlaces } from './stretch.ts'
import { placeLexemes, teamLexeme } from './vector.ts'

const { desk, here, there, said } = await searchDesk()
afterAll(() => desk.close())
const { db } = desk.database

const day = 86_400_000
const daysAgo = (days: number) => new Date(desk.clock.now.getTime() - days * day)

/** What the row of the message with that word says of its place. */
async function placeOf(word: string): Promise<string[]> {
  const { rows } = await sql<{ lexeme: string }>`
    select unnest(tsvector_to_array(words)) as lexeme from message_search where words @@ quote_literal(${word}::text)::tsquery`.execute(
    db,
  )
  return rows.map(({ lexeme }) => lexeme).filter(lexeme => lexeme.startsWith('@'))
}

test.each([
  '2026-10-05T09:12:44.123Z',
  '2026-10-05T00:00:00.000Z',
  '2026-10-04T23:59:59.999Z',
  '1969-12-31T23:59:59.000Z',
  '1893-04-01T12:00:00.000Z',
])('the database names the place of a mail of %s as the app does', async text => {
  const at = new Date(text)
  const { rows } = await sql<{ places: string[] }>`select search_places(${here.id}::uuid, ${at}) as places`.execute(db)
  expect(rows[0]!.places).toEqual(placeLexemes(here.id, at).filter(each => each.endsWith(teamLexeme(here.id))))
})

test('what moves to another team, or into a conversation there, lies there and no longer here', async () => {
  const at = daysAgo(3)
  const [one, two] = [await said('A kestrel.', { at }), await said('A merlin.', { at, team: there })]
  const lies = async (word: string) => (await placeOf(word)).sort()
  const [thisPlace, thatPlace] = [placeLexemes(here.id, at).sort(), placeLexemes(there.id, at).sort()]
  expect([await lies('kestrel'), await lies('merlin')]).toEqual([thisPlace, thatPlace])
  await sql`update conversation set team_id = ${there.id} where id = ${one}`.execute(db)
  expect(await lies('kestrel')).toEqual(thatPlace)
  await sql`update conversation set team_id = ${here.id} where id = ${two}`.execute(db)
  await sql`update message set conversation_id = ${two} where conversation_id = ${one}`.execute(db)
  expect([await lies('kestrel'), await lies('merlin')]).toEqual([thisPlace, thisPlace])
})

describe('a stretch of time in some teams', () => {
  const others = (many: number) =>
    Array.from({ length: many }, (_, n) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`)
  test.each([1, 12, 90, 700])('of %d days holds what lies in it, and nothing older or elsewhere', async days => {
    const word = `plover${days}`
    const [inside, elsewhere] = [
      await said(`A ${word}.`, { at: daysAgo(days - 0.5) }),
      await said(`A ${word}.`, { at: daysAgo(days - 0.5), team: there }),
    ]
    // A stretch begins no more than this earlier.
    await said(`A ${word}.`, { at: daysAgo(days + 3 + days / 6) })
    const found = async (teams: string[]) => {
      const query = `'${word}' & ${queryOfPlaces({ from: daysAgo(days) }, desk.clock.now, teams)}`
      const { rows } = await sql<{
        id: string
      }>`select conversation_id as id from message_search where words @@ ${query}::tsquery`.execute(db)
      return rows.map(({ id }) => id).sort()
    }
    for (const more of [0, 3, 40]) {
      expect(await found([here.id, ...others(more)])).toEqual([inside])
      expect(await found([here.id, there.id, ...others(more)])).toEqual([inside, elsewhere].sort())
      expect(await found(others(more))).toEqual([])
    }
  })

  test('is asked for with few words', () => {
    for (const teams of [1, 2, 8, 40])
      for (const days of [1, 12, 90, 700, 3000])
        expect(queryOfPlaces({ from: daysAgo(days) }, desk.clock.now, others(teams)).split('|').length).toBeLessThan(
          teams + 60,
        )
  })
})
