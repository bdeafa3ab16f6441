/** Search on a real database, over HTTP: what is found, in which languages, and that nobody finds what they may not see. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aMember, cookieOf } from '../../../../test/people.ts'
import { searchDesk } from '../../../../test/search-desk.ts'
import { inTransaction } from '../../../platform/db/index.ts'
import { forgetWords } from '../../search/upkeep.ts'
import { insertAttachments } from '../tables.ts'

const { desk, here, there, ana, bram, cora, cookies, said, also, search, ids, shown, countAll } = await searchDesk()
afterAll(() => desk.close())

describe('what is found', () => {
  let fuse: string
  beforeAll(async () => {
    fuse = await said('Every morning the machine F3-20931 trips the fuse. Repairs are due.', {
      words: 'The Faro trips the fuse',
      customer: 'ines@saudade.example',
      language: 'en',
    })
  })

  test.each([
    ['a word', 'morning', ['morning']],
    ['in any case', 'MORNING', ['morning']],
    ['another word of its stem', 'repairing', ['Repairs']],
    ['a number of a part', 'F3-20931', ['F3-20931']],
    ['the same in one piece', 'f320931', ['F3-20931']],
    ['words in any order', 'fuse machine', ['machine', 'fuse']],
    ['a phrase', '"trips the fuse"', ['trips the fuse']],
    ['a phrase of words that say nothing', '"are due"', ['are due']],
  ])('%s', async (_, q, marks) => {
    const { found } = await search(q)
    expect(found.map(each => each.conversation.id)).toEqual([fuse])
    expect(shown(found[0]!.message!.excerpt)).toEqual(marks)
  })

  test.each(['"fuse trips"', 'morning -fuse', 'morning nosuchword', 'is:solved morning'])('nothing by %s', async q =>
    expect(await ids(q)).toEqual([]),
  )

  test('the beginning of a word, while it is typed', async () => {
    expect(await ids('mornin')).toEqual([])
    expect(await ids('mornin', { typing: 'true' })).toEqual([fuse])
    expect(await ids('"trips the" mornin', { typing: 'true' })).toEqual([fuse])
    expect(await ids('mornin ', { typing: 'true' })).toEqual([])
  })

  test('by the address of the customer, and with the operators of filters', async () => {
    expect(await ids('saudade.example')).toEqual([fuse])
    expect(await ids('ines@saudade.example')).toEqual([fuse])
    expect(await ids('morning is:open team:Workshop from:joost@koffie.example')).toEqual([])
    expect(await ids('morning is:open team:Workshop customer:ines@saudade.example')).toEqual([fuse])
    expect(await ids('customer:ines@saudade.example')).toEqual([fuse])
    expect((await search('morning tag:nosuch')).notUnderstood).toEqual([{ term: 'tag:nosuch', why: 'unknown' }])
  })

  test('the names of files, those that came with the mail and those added later', async () => {
    const one = await said('See the file.', { files: ['care-report-Q7.pdf'] })
    const two = await said('Here it is.')
    const messageId = await also(two, 'And this.')
    const file = { sha256: Buffer.alloc(32, 1), bytes: 3, mediaType: 'image/png', contentId: null, inline: false }
    await inTransaction(desk.database.db, tx =>
      insertAttachments(tx, [{ ...file, id: randomUUIDv7(), messageId, name: 'Wiring Plan.PNG', position: 0 }]),
    )
    expect(await ids('"care report"')).toEqual([one])
    const [found] = (await search('wiring plan')).found
    expect(found?.conversation.id).toBe(two)
    expect(shown(found!.message!.file!)).toEqual(['Wiring', 'Plan'])
  })

  test('words that stand in different messages of a conversation, and then most of them', async () => {
    const apart = await said('The zebra came first.')
    await also(apart, 'Then came the xylophone.')
    const partly = await said('A zebra and a quokka.')
    const { found, total } = await search('zebra xylophone quokka')
    expect(found.map(each => each.conversation.id).sort()).toEqual([partly, apart].sort())
    expect(found.map(each => each.whole)).toEqual([false, false])
    expect(total).toEqual({ count: 2, more: false })
    expect((await search('zebra xylophone')).found.map(each => [each.conversation.id, each.whole])).toEqual([
      [apart, true],
    ])
  })

  test('best first, where the subject has it, and newest first; page after page, each once', async () => {
    const day = (n: number) => new Date(Date.UTC(2026, 9, n))
    const older = await said('Nothing here.', { words: 'The ocarina', at: day(1) })
    const made: string[] = []
    for (let n = 2; n <= 8; n++) made.push(await said('An ocarina.', { at: day(n) }))
    expect((await ids('ocarina'))[0]).toBe(older)
    for (const sort of ['best', 'newest']) {
      const pages: string[] = []
      let after: string | undefined
      do {
        const page = await search('ocarina', { sort, limit: '3', ...(after ? { after } : {}) })
        pages.push(...page.found.map(each => each.conversation.id))
        after = page.next ?? undefined
      } while (after)
      expect([...pages].sort(), sort).toEqual([older, ...made].sort())
    }
    expect(await ids('ocarina "an ocarina"', { sort: 'newest' })).toEqual([...made].reverse())
  })

  test('the conversation with the number that was typed', async () => {
    const { rows } = await sql<{ number: number }>`select number from conversation where id = ${fuse}`.execute(
      desk.database.db,
    )
    const { number } = rows[0]!
    expect((await search(`#${number}`)).jump?.number).toBe(number)
    expect((await search(String(number))).jump?.number).toBe(number)
    expect((await search(`#${number}`, {}, bram)).jump).toBeNull()
  })

  test('people by any part of their name or address, also misspelled', async () => {
    await said('Hello.', { customer: 'joao@padaria.example' })
    await sql`update person set name = 'João Conceição' where id = (select person_id from address where normal = 'joao@padaria.example')`.execute(
      desk.database.db,
    )
    for (const q of ['joao', 'conceicao', 'Conceição', 'padaria', 'concecao']) {
      const { people } = await search(q)
      expect(
        people.map(each => each.name.text),
        q,
      ).toContain('João Conceição')
    }
    expect(shown((await search('conc')).people[0]!.name)).toEqual(['Conceição'])
    expect((await search('joao', {}, cora)).people).toEqual([])
  })
})

describe('languages', () => {
  test.each([
    ['de', 'Die Häuser brauchen neue Sicherungen.', ['haus', 'hauser', 'Sicherung', '"die hauser"']],
    ['fr', 'Les machines réparées fonctionnent à l’œuvre.', ['reparee', 'oeuvre', 'machine']],
    ['es', 'Las facturas están pagadas.', ['factura', 'estan', 'pagada']],
    ['ar', 'نحتاج إلى إصلاح الماكينة قبل يوم الأحد رقم ١٢٣٤٥', ['اصلاح', 'الماكينه', 'إصلاح', '12345']],
    ['ja', '東京都庁のコーヒーマシンが壊れました。', ['東京都', 'コーヒー', '壊', '都庁']],
    ['zh', '咖啡机今天坏了,请帮忙', ['咖啡机', '坏了', '帮']],
    ['th', 'เครื่องชงกาแฟเสีย', ['กาแฟ']],
    ['ko', '학교에서 커피가 없어요', ['학교', '커피']],
    ['tr', 'İstanbul’daki makine bozuldu', ['istanbul', 'ISTANBUL']],
    ['el', 'Η μηχανή χάλασε στους δρόμους', ['μηχανη', 'χαλασε', 'δρομους']],
    ['he', 'מכונת הקפה התקלקלה', ['הקפה']],
    ['ru', 'Кофемашина ещё сломалась', ['еще', 'кофемашина']],
    [null, 'Danke für 👩‍🚀 und ☕️', ['👩‍🚀', '☕']],
  ])('%s', async (language, text, queries) => {
    const id = await said(text, { language })
    for (const q of queries) {
      const { found } = await search(q)
      expect(
        found.map(each => each.conversation.id),
        q,
      ).toContain(id)
      const its = found.find(each => each.conversation.id === id)!
      expect(its.message!.excerpt.marks.length, q).toBeGreaterThan(0)
    }
  })
})

describe('what somebody may not see', () => {
  test('is not found, counted, suggested, or told by an operator', async () => {
    const secret = await said('The platypus is secret.', { team: there, words: 'Platypus' })
    expect(await ids('platypus', {}, bram)).toEqual([secret])
    await countAll()
    for (const who of [ana, cora]) {
      const { found, total, didYouMean } = await search('platypus', {}, who)
      expect([found, total?.count, didYouMean]).toEqual([[], 0, null])
      expect((await search('platipus', {}, who)).didYouMean).toBeNull()
      expect((await search('team:Sales', {}, who)).found).toEqual([])
    }
    expect((await search('platipus', {}, bram)).didYouMean).toBe('platypus')
  })

  test('a colleague finds what they own, and no more once it is theirs no longer', async () => {
    const id = await said('The wombat is mine.', { owner: cora })
    await said('Another wombat.')
    expect(await ids('wombat', {}, cora)).toEqual([id])
    await sql`update conversation set owner_id = ${ana.personId} where id = ${id}`.execute(desk.database.db)
    expect(await ids('wombat', {}, cora)).toEqual([])
  })

  test('a conversation that moves to another team is found there alone', async () => {
    const id = await said('An axolotl.')
    await sql`update conversation set team_id = ${there.id} where id = ${id}`.execute(desk.database.db)
    expect(await ids('axolotl')).toEqual([])
    expect(await ids('axolotl', {}, bram)).toEqual([id])
  })

  test('a message that moves or is taken back is found where it is, and nowhere', async () => {
    const [one, two] = [await said('Nothing.'), await said('Nothing.', { team: there })]
    const messageId = await also(one, 'A narwhal.')
    await sql`update message set conversation_id = ${two} where id = ${messageId}`.execute(desk.database.db)
    expect([await ids('narwhal'), await ids('narwhal', {}, bram)]).toEqual([[], [two]])
    await sql`update message set taken_back_at = now() where id = ${messageId}`.execute(desk.database.db)
    expect(await ids('narwhal', {}, bram)).toEqual([])
  })

  test('notes about a member who is the customer are not theirs to find', async () => {
    const id = await said('Nothing.', { customer: ana.address })
    await also(id, 'The pangolin is difficult.', { kind: 'note', authorId: bram.personId })
    expect(await ids('pangolin')).toEqual([])
    const other = await aMember(desk, { name: 'Other', teams: { [here.id]: 'teammate' } })
    cookies.set(other, await cookieOf(desk, other))
    expect(await ids('pangolin', {}, other)).toEqual([id])
  })

  test('what was erased is found no more, and its words are forgotten', async () => {
    const id = await said('The thylacine is gone.')
    await countAll()
    const known = () => sql`select word from search_word where word = 'thylacine'`.execute(desk.database.db)
    expect((await known()).rows).toHaveLength(1)
    await sql`delete from message where conversation_id = ${id}`.execute(desk.database.db)
    expect(await ids('thylacine')).toEqual([])
    await forgetWords(desk.database.db)
    expect((await known()).rows).toEqual([])
  })

  test('spam and trash are found only by who asks for them', async () => {
    const id = await said('Cheap marmots.')
    await sql`update conversation set state = 'spam' where id = ${id}`.execute(desk.database.db)
    expect(await ids('marmots')).toEqual([])
    expect(await ids('marmots is:spam')).toEqual([id])
  })
})
