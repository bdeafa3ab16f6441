/** Lists of people and organisations, who else sees a conversation, and fields about people, over HTTP. */
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { aConversation } from '../../../test/people.ts'
import { relationDesk } from '../../../test/relation-desk.ts'

const { desk, team, elsewhere, ana, as, run, made } = await relationDesk()
afterAll(() => desk.close())

describe('lists', () => {
  test('go by name page by page and are typed ahead by name, address and domain', async () => {
    for (const n of [1, 2, 3, 4, 5]) await made('/people', { name: 'Zed Same', address: `zed${n}@zeds.example` })
    const organisation = await made('/organisations', { name: 'Zeds and sons' })
    await as(ana, 'PUT', `/organisations/${organisation}/domains`, { domains: ['zeds.example'] })
    const ids: string[] = []
    let after = ''
    do {
      const { body } = await as(
        ana,
        'GET',
        `/relations?is=people&like=zed&limit=2${after && `&after=${encodeURIComponent(after)}`}`,
      )
      ids.push(...body.rows.map((row: { id: string }) => row.id))
      after = body.next ?? ''
    } while (after)
    expect(ids.length).toBe(5)
    expect(new Set(ids).size).toBe(5)
    const found = async (query: string) =>
      (await as(ana, 'GET', `/relations?${query}`)).body.rows.map((row: { name: string }) => row.name)
    expect(await found('is=people&like=zed3@')).toEqual(['Zed Same'])
    expect(await found('is=organisations&like=zeds.ex')).toEqual(['Zeds and sons'])
    await as(ana, 'PUT', `/organisations/${organisation}`, { archived: true })
    expect(await found('is=organisations&like=zeds')).toEqual([])
    expect(await found('is=organisations&like=zeds&archived=true')).toEqual(['Zeds and sons'])
  })
})

describe('who else sees a conversation', () => {
  test('colleagues with the flag, and whom it was shared with; told in the audit, and nobody else', async () => {
    const organisation = await made('/organisations', { name: 'Seen' })
    const { id, customerId } = await aConversation(desk, { team, customer: 'seen@seen.example' })
    const boss = await made('/people', { name: 'Boss', organisationId: organisation })
    const clerk = await made('/people', { name: 'Clerk', organisationId: organisation })
    await as(ana, 'PUT', `/people/${customerId}/organisations/${organisation}`, {})
    const sight = async () => (await as(ana, 'GET', `/conversations/${id}/sight`)).body
    expect(await sight()).toMatchObject({ colleagues: [], shares: [] })
    await as(ana, 'PUT', `/people/${boss}/organisations/${organisation}`, { seesAll: true })
    const { body } = await as(ana, 'POST', `/conversations/${id}/sight`, { personId: clerk })
    expect(await sight()).toMatchObject({
      colleagues: [{ person: { id: boss } }],
      shares: [{ with: { id: clerk }, by: { id: ana.personId } }],
    })
    expect((await sight()).near.map((each: { id: string }) => each.id)).not.toContain(clerk)
    await as(ana, 'DELETE', `/conversations/${id}/sight/${body.shareId}`)
    expect((await sight()).shares).toEqual([])
    const { rows } = await run(
      `select kind from event where is_audited(kind) and kind like 'sight.%' and subject_id = $1 order by seq`,
      [id],
    )
    expect(rows.map(row => row.kind)).toEqual(['sight.given', 'sight.taken'])
    const hidden = await aConversation(desk, { team: elsewhere })
    expect((await as(ana, 'GET', `/conversations/${hidden.id}/sight`)).status).toBe(404)
    expect((await as(ana, 'POST', `/conversations/${hidden.id}/sight`, { personId: clerk })).status).toBe(404)
  })

  test('whoever left and comes back does not see what they saw before', async () => {
    const organisation = await made('/organisations', { name: 'Back' })
    const person = await made('/people', { name: 'Returner' })
    const put = (say: object) => as(ana, 'PUT', `/people/${person}/organisations/${organisation}`, say)
    await put({ seesAll: true })
    await as(ana, 'DELETE', `/people/${person}/organisations/${organisation}`)
    await put({})
    expect((await as(ana, 'GET', `/people/${person}`)).body.organisations).toMatchObject([{ seesAll: false }])
  })
})

test('fields about people and about organisations hold what their kind allows, and conversations do not carry them', async () => {
  const field = async (about: string) =>
    (await as(ana, 'POST', '/fields', { name: `Coffee ${about}`, kind: 'number', about })).body.field.id
  const [ofPerson, ofOrganisation] = [await field('person'), await field('organisation')]
  const organisation = await made('/organisations', { name: 'Fielded' })
  const person = await made('/people', { name: 'Fielded' })
  expect((await as(ana, 'PUT', `/people/${person}/fields/${ofPerson}`, { value: 3 })).body).toEqual({ value: 3 })
  expect((await as(ana, 'PUT', `/people/${person}/fields/${ofPerson}`, { value: 'three' })).status).toBe(400)
  expect((await as(ana, 'PUT', `/people/${person}/fields/${ofOrganisation}`, { value: 3 })).status).toBe(404)
  expect((await as(ana, 'PUT', `/organisations/${organisation}/fields/${ofOrganisation}`, { value: 2 })).status).toBe(
    200,
  )
  expect((await as(ana, 'GET', `/people/${person}`)).body.fields).toMatchObject([{ id: ofPerson, value: 3 }])
  const { rows } = await sql`select 1 from conversation_field`.execute(desk.database.db)
  expect(rows).toEqual([])
})
