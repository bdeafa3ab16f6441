/** Pages of people and organisations over HTTP: what is shown, to whom, and what the small acts change. */
import { afterAll, describe, expect, test } from 'vitest'
import { aConversation, aMember } from '../../../test/people.ts'
import { readToTheEnd } from '../../../test/reading.ts'
import { relationDesk } from '../../../test/relation-desk.ts'
import { domainReader } from './reader.ts'

const { desk, team, elsewhere, ana, as, run, made } = await relationDesk()
afterAll(() => desk.close())

describe('a person', () => {
  test('is written down with wishes, addresses and a place to belong, and every change shows on the page', async () => {
    const organisation = await made('/organisations', { name: 'Café Saudade' })
    const person = await made('/people', {
      name: 'Inês Carvalho',
      address: 'ines@saudade.example',
      organisationId: organisation,
    })
    await as(ana, 'PUT', `/people/${person}`, {
      about: 'Owner.',
      language: 'pt',
      preferredChannel: 'phone',
      preferredWords: 'Call the bar.',
    })
    await as(ana, 'PUT', `/people/${person}/unasked`, { refuses: true, said: 'On the phone.' })
    await as(ana, 'POST', `/people/${person}/addresses`, { kind: 'phone', written: '+31 10 123 45 67' })
    await as(ana, 'PUT', `/people/${person}/organisations/${organisation}`, { role: 'owner', seesAll: true })
    const { body } = await as(ana, 'GET', `/people/${person}`)
    expect(body).toMatchObject({
      name: 'Inês Carvalho',
      about: 'Owner.',
      language: 'pt',
      preferred: { channel: 'phone', words: 'Call the bar.' },
      refuses: { by: { id: ana.personId }, said: 'On the phone.' },
      organisations: [{ organisation: { id: organisation }, role: 'owner', suggested: false, seesAll: true }],
    })
    expect(body.addresses.map((each: { written: string }) => each.written)).toEqual([
      'ines@saudade.example',
      '+31 10 123 45 67',
    ])
    const there = await as(ana, 'GET', `/organisations/${organisation}`)
    expect(there.body.people).toMatchObject([{ person: { id: person }, role: 'owner' }])
  })

  test('keeps an address that stands in a conversation, and gets none that is somebody else’s', async () => {
    const { customerId, addressId } = await aConversation(desk, { team, customer: 'rui@saudade.example' })
    expect((await as(ana, 'DELETE', `/people/${customerId}/addresses/${addressId}`)).body.code).toBe('address-in-use')
    const other = await made('/people', { name: 'Rui' })
    const taken = await as(ana, 'POST', `/people/${other}/addresses`, { kind: 'mail', written: 'RUI@saudade.example' })
    expect(taken.body).toMatchObject({ code: 'address-taken', facts: { personId: customerId } })
  })

  test('a member says themselves what they are called', async () => {
    expect((await as(ana, 'PUT', `/people/${ana.personId}`, { name: 'Somebody' })).body.code).toBe('a-member')
  })
})

describe('mail domains', () => {
  test('suggest those who write from there, once, and grant nothing; everybody’s domains and taken ones are refused', async () => {
    const known = await made('/people', { name: 'Known', address: 'known@bar.example' })
    const organisation = await made('/organisations', { name: 'Bar' })
    const other = await made('/organisations', { name: 'Other bar' })
    const domains = (id: string, ...names: string[]) =>
      as(ana, 'PUT', `/organisations/${id}/domains`, { domains: names })
    expect((await domains(organisation, 'gmail.com')).body.code).toBe('everybodys-domain-here')
    expect((await domains(organisation, 'https://www.Bar.example/about')).body).toEqual({
      domains: ['bar.example'],
      suggested: 1,
    })
    expect((await domains(other, 'bar.example')).body).toMatchObject({
      code: 'domain-taken',
      facts: { organisationId: organisation },
    })
    const belonging = async (id: string) => (await as(ana, 'GET', `/people/${id}`)).body.organisations
    expect(await belonging(known)).toMatchObject([{ suggested: true, seesAll: false }])
    await as(ana, 'DELETE', `/people/${known}/organisations/${organisation}`)
    expect(await belonging(known)).toEqual([])

    const fresh = await aConversation(desk, { team, customer: 'fresh@bar.example' })
    const again = await aConversation(desk, { team, customer: 'known@bar.example' })
    for (const each of [fresh, again])
      await run(`insert into event (kind, subject_id, facts, at) values ('message.received', $1, $2, now())`, [
        each.id,
        { messageId: each.messageId },
      ])
    await readToTheEnd(desk.database, domainReader)
    expect(await belonging(fresh.customerId)).toMatchObject([{ organisation: { id: organisation }, suggested: true }])
    expect(await belonging(known), 'declined once is declined').toEqual([])
    await as(ana, 'PUT', `/people/${fresh.customerId}/organisations/${organisation}`, {})
    expect(await belonging(fresh.customerId)).toMatchObject([{ suggested: false }])
  })
})

describe('what happened', () => {
  test('comes page by page, newest first, each thing once, of the kinds that are asked for', async () => {
    const { customerId, id } = await aConversation(desk, { team, customer: 'long@story.example' })
    const at = (n: number) => new Date(Date.UTC(2026, 0, 1 + n))
    for (let n = 0; n < 30; n++)
      await run(
        `insert into relationship_note (id, person_id, by_id, at, words) values (gen_random_uuid(), $1, $2, $3, $4)`,
        [customerId, ana.personId, at(Math.floor(n / 3)), `Note ${n}`],
      )
    await run(
      `insert into touch (id, person_id, by_id, kind, at, minutes, words, made_at) values (gen_random_uuid(), $1, $2, 'visit', $3, 50, 'Gaskets.', now())`,
      [customerId, ana.personId, at(5)],
    )
    await run(
      `insert into promise (id, conversation_id, kind, direction, by_person_id, to_person_id, words, made_at, due_at, ended_at, ended_how) values (gen_random_uuid(), $1, 'action', 'ours', $2, $3, 'a filter', $4, $5, $6, 'kept')`,
      [id, ana.personId, customerId, at(1), at(2), at(11)],
    )
    await run(
      `insert into event (kind, subject_id, facts, at) values ('follow-up.judged', $1, '{"verdict":"wrong"}', $2)`,
      [id, at(12)],
    )
    const seen: string[] = []
    const moments: string[] = []
    let after = ''
    do {
      const { body } = await as(
        ana,
        'GET',
        `/people/${customerId}/timeline?limit=7${after && `&after=${encodeURIComponent(after)}`}`,
      )
      for (const entry of body.entries) {
        seen.push(`${entry.kind} ${entry.words || entry.is}`)
        moments.push(entry.at)
      }
      after = body.next ?? ''
    } while (after)
    expect(seen.length).toBe(34)
    expect(new Set(seen).size).toBe(34)
    expect(moments).toEqual([...moments].sort().reverse())
    expect(seen.slice(0, 3)).toEqual(['conversation ', 'verdict wrong', 'promise '])
    const only = await as(ana, 'GET', `/people/${customerId}/timeline?kinds=touch,promise`)
    expect(only.body.entries.map((each: { kind: string }) => each.kind)).toEqual(['promise', 'touch'])
    const page = await as(ana, 'GET', `/people/${customerId}`)
    expect(page.body.exchange.ours).toMatchObject({
      kept: 0,
      made: 1,
      lastBroken: { words: 'a filter', state: 'kept-late' },
    })
  })

  test('in conversations one may not read is nowhere: not on the page, not in counts, not in what was promised', async () => {
    const organisation = await made('/organisations', { name: 'Two sides' })
    const open = await aConversation(desk, { team, customer: 'sides@two.example', words: 'The fuse' })
    const hidden = await aConversation(desk, { team: elsewhere, customer: 'sides@two.example', words: 'The invoice' })
    expect(hidden.customerId).toBe(open.customerId)
    await as(ana, 'PUT', `/people/${open.customerId}/organisations/${organisation}`, {})
    for (const each of [open, hidden])
      await run(
        `insert into promise (id, conversation_id, kind, direction, by_person_id, to_person_id, words, made_at, due_at, ended_at, ended_how)
          values (gen_random_uuid(), $1, 'action', 'ours', $2, $3, 'we answer', now() - interval '1 day', now(), now() - interval '1 hour', 'kept')`,
        [each.id, ana.personId, open.customerId],
      )
    await run(`insert into event (kind, subject_id, facts, at) values ('follow-up.judged', $1, '{}', now())`, [
      hidden.id,
    ])
    for (const path of [`/people/${open.customerId}`, `/organisations/${organisation}`]) {
      const page = await as(ana, 'GET', path)
      expect(page.body.exchange.ours).toMatchObject({ kept: 1, made: 1 })
      const { body } = await as(ana, 'GET', `${path}/timeline`)
      const ids = body.entries.flatMap((each: { conversation: { id: string } | null }) => each.conversation?.id ?? [])
      expect(new Set(ids)).toEqual(new Set([open.id]))
    }
    const admin = await aMember(desk, { administrator: true })
    expect((await as(admin, 'GET', `/people/${open.customerId}`)).status).toBe(403)
    expect((await as(admin, 'GET', '/relations?is=people')).status).toBe(403)
  })

  test('a note is kept once however often it is sent, and taken back by whoever wrote it', async () => {
    const person = await made('/people', { name: 'Noted' })
    const noteId = '0197a000-0000-7000-8000-000000000001'
    for (let n = 0; n < 2; n++) await as(ana, 'POST', `/people/${person}/notes`, { noteId, words: 'Likes it short.' })
    const bram = await aMember(desk, { teams: { [team.id]: 'teammate' } })
    const entries = async () => (await as(bram, 'GET', `/people/${person}/timeline`)).body.entries
    expect(await entries()).toMatchObject([
      { kind: 'note', words: 'Likes it short.', mine: false, by: { id: ana.personId } },
    ])
    expect((await as(bram, 'DELETE', `/relationship-notes/${noteId}`)).status).toBe(404)
    expect((await as(ana, 'DELETE', `/relationship-notes/${noteId}`)).status).toBe(200)
    expect(await entries()).toEqual([])
  })
})
