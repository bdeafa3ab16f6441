/** Quoted history is collapsed and nothing else: the corpus of real replies, each rule by example, and properties over random lines. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpora.ts'
import { trimText } from './trim.ts'

const replies = corpus('replies')

test.skipIf(!replies)('the real replies are trimmed as people expect, and nothing they wrote is collapsed', () => {
  const read = (kind: string, file: string) => {
    const path = join(replies!, kind, file)
    return existsSync(path) ? readFileSync(path, 'utf8').replace(/\r\n?/g, '\n') : ''
  }
  const plain = (text: string) => text.replace(/^\n+/, '').trimEnd()
  let exact = 0
  const lost: string[] = []
  const files = readdirSync(join(replies!, 'emails'))
  for (const file of files) {
    const wanted = read('trimmed', file)
    const got = trimText(read('emails', file)).text
    if (plain(got) === plain(wanted)) exact++
    const kept = new Set(got.split('\n').map(line => line.trim()))
    if (wanted.split('\n').some(line => line.trim() && !kept.has(line.trim()))) lost.push(file)
  }
  console.log(`replies: ${exact} of ${files.length} trimmed exactly, ${lost.length} lose something`)
  expect(lost).toEqual([])
  expect(exact).toBeGreaterThanOrEqual(30)
})

describe('history goes', () => {
  const attributions = {
    English: 'On Mon, Jan 5, 2026 at 10:12 AM Jane Doe <jane@example.org> wrote:',
    German: 'Am 05.01.2026 um 10:12 schrieb Jane Doe <jane@example.org>:',
    French: 'Le lun. 5 janv. 2026 à 10:12, Jane Doe <jane@example.org> a écrit :',
    Spanish: 'El lun, 5 ene 2026 a las 10:12, Jane Doe (<jane@example.org>) escribió:',
    Portuguese: 'Em seg., 5 de jan. de 2026 às 10:12, Jane Doe <jane@example.org> escreveu:',
    Italian: 'Il giorno lun 5 gen 2026 alle ore 10:12 Jane Doe <jane@example.org> ha scritto:',
    Dutch: 'Op ma 5 jan 2026 om 10:12 schreef Jane Doe <jane@example.org>:',
    Swedish: 'Den mån 5 jan. 2026 kl 10:12 skrev Jane Doe <jane@example.org>:',
    Polish: 'pon., 5 sty 2026 o 10:12 Jane Doe <jane@example.org> napisał(a):',
    Russian: 'пн, 5 янв. 2026 г. в 10:12, Jane Doe <jane@example.org>:',
    Japanese: '2026年1月5日(月) 10:12 Jane Doe <jane@example.org>:',
    Chinese: 'Jane Doe <jane@example.org> 于2026年1月5日周一 10:12写道：',
    Arabic: 'في الاثنين، 5 يناير 2026 في 10:12 ص تمت كتابة ما يلي بواسطة Jane Doe <jane@example.org>:',
    wrapped: 'On Mon, Jan 5, 2026 at 10:12 AM Jane Doe with a long name <\njane@example.org> wrote:',
  }
  for (const [language, line] of Object.entries(attributions))
    test(`below an attribution in ${language}`, () => {
      expect(trimText(`It works now.\n\n${line}\n\n> Is it on?\n> Jane`).text).toBe('It works now.')
    })
  test.each([
    `Em 4 de jan de 2016 7:03 PM, "Neil" <info@d.org> escreveu:`,
    `在 2016年1月4日，下午7:03，Neil Lalonde <info@discourse.org> 写道：`,
    `Neil Lalonde <info@discourse.org> 於 2016年1月4日 週一 下午7:03寫道：`,
    `W dniu 4 stycznia 2016 19:03 użytkownik Neil Lalonde <info@discourse.org>\nnapisał:`,
    `Wiadomość napisana przez Neil Lalonde <info@discourse.org> w dniu 4 sty 2016, o godz. 19:03:`,
    `4 января 2016 г., 19:03 пользователь Neil Lalonde <info@discourse.org>\nнаписал:`,
    `04.01.2016 19:03, Neil Lalonde пишет:`,
    `El 4 de enero de 2016, 19:03, Neil Lalonde<info@d.org> escribió:`,
    `El 04/01/2016, a las 19:03, Neil Lalonde escribió:`,
    `Em 04/01/2016 19:03, Neil Lalonde escreveu:`,
    `Il 04/01/2016 19:03, Neil Lalonde ha scritto:`,
    `Il giorno 4 gennaio 2016 19:03, Neil Lalonde <info@discourse.org> ha\nscritto:`,
    `Neil Lalonde wrote:`,
    `Neil Lalonde <info@discourse.org> schrieb am Mo., 4. Jan. 2016 um\n19:03 Uhr:`,
    `Am Montag, 4. Januar 2016 schrieb Neil Lalonde :`,
    `Am 04.01.2016 um 19:03 schrieb Neil Lalonde:`,
    `ma 4. tammikuuta 2016 klo 19.03 Neil Lalonde <info@discourse.org> kirjoitti:`,
    `Den man. 4. jan. 2016 kl. 19.03 skrev Neil Lalonde <info@discourse.org>:`,
    `po 4. 1. 2016 v 19:03 odesílatel Neil Lalonde <info@discourse.org> napsal:`,
    `Neil Lalonde <info@discourse.org>, 4 Oca 2016 Pzt, 19:03 tarihinde şunu yazdı:`,
    `Neil Lalonde <info@discourse.org> ezt írta (időpont: 2016. jan. 4., H, 19:03):`,
    `пн, 4 січ. 2016 р. о 19:03 Neil Lalonde <info@discourse.org> пише:`,
    `2016년 1월 4일 (월) 오후 7:03, Neil Lalonde <info@discourse.org>님이 작성:`,
    `‫בתאריך יום ב׳, 4 בינו׳ 2016 ב-19:03 מאת ‪Neil‬‏ <‪info@d.org‬‏>:‬`,
    `Vào Th 2, 4 thg 1, 2016 vào lúc 19:03 Neil Lalonde <info@discourse.org> đã viết:`,
    `Στις Δευ, 4 Ιαν 2016 στις 7:03 μ.μ., ο χρήστης Neil Lalonde <info@discourse.org> έγραψε:`,
    `Pe lun., 4 ian. 2016 la 19:03, Neil Lalonde <info@discourse.org> a scris:`,
    `Pada tanggal Sen, 4 Jan 2016 pukul 19.03 Neil Lalonde <info@discourse.org> menulis:`,
    `2016/01/04 19:03、Neil Lalonde <info@discourse.org>のメール:`,
    `Missatge de Neil Lalonde <info@discourse.org> del dia dl., 4 de gen. 2016 a les 19:03:`,
    `On 01/04/2016 07:03 PM, Neil Lalonde wrote:`,
    `On Jan 4, 2016 7:03 PM, "Neil Lalonde" <info@d.org> wrote:`,
    `On 4 January 2016 at 19:03, Neil Lalonde\n<info@d.org> wrote:`,
    `On 04-Jan-16 19:03, Neil wrote:`,
    `On Monday, January 4, 2016, Neil Lalonde <info@discourse.org> wrote:`,
    `On Monday, January 4, 2016 7:03 PM, Neil Lalonde <info@discourse.org> wrote:`,
    `On Mon, 4 Jan 2016 19:03:05 +0000\nNeil Lalonde <info@discourse.org> wrote:`,
    `On 2016-01-04 19:03, Neil wrote:`,
    `At 07:03 PM 1/4/2016, you wrote:`,
    `Quoting Neil Lalonde <info@discourse.org>:`,
    `Le 4 janvier 2016 à 19:03, Neil <info@d.org> a écrit :`,
    `Le 04/01/2016 19:03, Neil a écrit :`,
    `Op 4 januari 2016 19:03 schreef Neil Lalonde <info@discourse.org>:`,
    `Op 04-01-16 om 19:03 schreef Neil:`,
    `2016-01-04 19:03 GMT+01:00 Neil Lalonde <info@discourse.org>:`,
    `2016-01-04 19:03 Neil Lalonde <info@discourse.org>:`,
    `On Mon, Jan 4, 2016, 7:03 PM Neil Lalonde via\nDiscourse Meta <\ninfo@discourse.org> wrote:`,
    `On Mon, Jan 4, 2016 at 7:03 PM -0800, "Neil" <info@d.org<mailto:info@d.org>> wrote:`,
    `---- On Mon, 04 Jan 2016 19:03:36 +0530 Neil<info@d.org> wrote ----`,
    `Neil Lalonde <info@d.org> writes:`,
    `El lun., 4 de enero de 2016 19:03, Neil <\ninfo@d.org> escribió:`,
    `At Mon, 04 Jan 2016 19:03:36 +0530,\nNeil Lalonde wrote:`,
    `*Von:* Neil\n*Gesendet:* Montag, 4. Januar 2016 19:03\n*An:* x@y.z\n*Betreff:* Hallo`,
  ])('below %j', line => {
    expect(trimText(`My answer.\n\n${line}\n\n> quoted\n> words`).text).toBe('My answer.')
  })
  const headers = {
    English: 'From: Jane <j@example.org>\nSent: Monday, 5 January 2026 10:12\nTo: Joe\nSubject: Kettle',
    German: 'Von: Jane <j@example.org>\nGesendet: Montag, 5. Januar 2026 10:12\nAn: Joe\nBetreff: Kessel',
    French: 'De : Jane <j@example.org>\nEnvoyé : lundi 5 janvier 2026 10:12\nÀ : Joe\nObjet : Bouilloire',
    Spanish: 'De: Jane <j@example.org>\nEnviado: lunes, 5 de enero de 2026 10:12\nPara: Joe\nAsunto: Hervidor',
    Italian: 'Da: Jane <j@example.org>\nInviato: lunedì 5 gennaio 2026 10:12\nA: Joe\nOggetto: Bollitore',
    Japanese: '差出人: Jane <j@example.org>\n送信日時: 2026年1月5日 10:12\n宛先: Joe\n件名: やかん',
    bold: '*From:* Jane <j@example.org>\n*Sent:* Monday, 5 January 2026 10:12\n*To:* Joe\n*Subject:* Kettle',
  }
  for (const [language, block] of Object.entries(headers))
    test(`below the headers of an earlier mail in ${language}`, () => {
      expect(trimText(`It works now.\n\n________________________________\n${block}\n\nIs it on?`).text).toBe(
        'It works now.',
      )
    })
  test('below "Original Message" and its kin', () => {
    for (const line of [
      '-----Original Message-----',
      '-----Ursprüngliche Nachricht-----',
      '-------- Message original --------',
      '-----Исходное сообщение-----',
    ])
      expect(trimText(`Thanks.\n\n${line}\nold words`).text).toBe('Thanks.')
  })
  test('with signatures of people and of telephones', () => {
    expect(trimText('Thanks.\n\n-- \nJane Doe\n+12 345').text).toBe('Thanks.')
    for (const line of [
      'Sent from my iPhone',
      'Von meinem iPhone gesendet',
      'Envoyé de mon iPhone',
      'Enviado desde mi iPhone',
      'Inviato da iPhone',
      'Verstuurd vanaf mijn iPad',
      'iPhoneから送信',
      'Get Outlook for Android<https://aka.ms/x>',
    ])
      expect(trimText(`Thanks.\n\n${line}`).text).toBe('Thanks.')
  })
})

describe('what a person wrote stays', () => {
  test('between quotes', () => {
    const mail =
      'Hello Jane,\n\nOn Mon, Jan 5, 2026 at 10:12 AM Jane <j@example.org> wrote:\n> Is it on?\n\nYes.\n\n> Is it red?\n\nNo, blue.'
    for (const line of ['Hello Jane,', 'Yes.', 'No, blue.', '> Is it red?'])
      expect(trimText(mail).text.split('\n')).toContain(line)
  })
  test('below the quote', () => {
    expect(
      trimText('On Mon, Jan 5, 2026 at 10:12 AM Jane <j@example.org> wrote:\n> Is it on?\n\nYes, it is.').text,
    ).toBe('Yes, it is.')
  })
  test('below a line of dashes, a table and a heading', () => {
    for (const mail of [
      'Part one\n-----\nPart two is longer. It has sentences.',
      'Heading\n=======\n\nWords',
      'a\n--\nDo you still have it? I need two of them.\nWhat does it cost?',
    ])
      expect(trimText(mail).text).toBe(mail)
  })
  test('when it only sounds like an attribution', () => {
    for (const mail of [
      'On Monday John wrote:\nwe will send it\n\nbut nothing came.',
      'Please look at what Bob wrote:\nit is wrong',
      'From: the beginning\nI had trouble.',
      'Sent from my office yesterday, it came back.',
    ])
      expect(trimText(mail).text).toBe(mail)
  })
  test.each([
    'I have three questions:\n\n> npm install fails\n\nWhat should I do?',
    'See log:\n\n> error 1\n> error 2',
    'He wrote:\n\n> will do\n\nbut did not.',
    'Hello,\n\nFrom: Berlin\nTo: Paris\nDate: 5 May\n\nCan you book that?',
    'Please change:\nFrom: 12 Main St\nTo: 13 Main St\nSubject: address\nThanks',
    'On 5 May 2025 at 10:00 I called you and your colleague wrote: nothing.\nStill broken.',
    'Order: 123\nDate: 2025-01-01\nTo: me\nNothing arrived',
    'Hi\n\n- item\n- item\n\n---\n\nTotal: 5\n\nPlease confirm.',
    'Hi,\n\n| a | b |\n|---|---|\n| 1 | 2 |',
    'Hi\n***\nImportant: read this\n***\nthanks',
    'Thanks!\n--\nPS: the blue one, please. Not the red one.\nWhen does it come?',
    'Hello,\nmy phone says "Sent from my iPhone" in every mail, how do I turn it off?',
    'Sent from my iPhone is the text I want removed. My phone is an iPhone 12.',
    'Dear team,\n\n1. first\n\nOn Tuesday, 3 March 2026 at 14:00, we met with\nJohn Smith <john@x.org> and he wrote:\nthe delivery will be late.\n\nWe need it sooner.',
    'Am 12.03.2026 um 10:00 Uhr schrieb mir Ihr Kollege:\nEs kommt morgen.\n\nEs kam nicht.',
    'Original Message was lost, please resend.',
    'text\n\n```\n> quoted in code\n-- \nx\n```\nend',
    'Hi\n>> python\n>>> print(1)\nIt fails',
  ])('%j', mail => {
    expect(trimText(mail).text).toBe(mail)
  })
  test('when the mail is a forward without words of its own', () => {
    expect(
      trimText(
        '---------- Forwarded message ---------\nFrom: A <a@example.org>\nDate: Mon\nSubject: x\nTo: b\n\nThe kettle leaks.',
      ).text,
    ).toBe('The kettle leaks.')
  })
})

const line = fc.oneof(
  fc.constantFrom(
    '',
    '> quoted',
    '-- ',
    '--',
    '_____',
    'On Mon, Jan 5, 2026 at 10:12 AM J <j@e.org> wrote:',
    'From: J <j@e.org>',
    'Sent: today',
    'Subject: x',
    '-----Original Message-----',
    'Sent from my iPhone',
    'Some words.',
  ),
  fc.string({ maxLength: 60 }).map(text => text.replace(/[\r\n]/g, ' ')),
)

test('what is kept are lines of the mail, in their order', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), lines => {
      const kept = trimText(lines.join('\n')).text.split('\n')
      let at = 0
      for (const one of kept) {
        while (at < lines.length && lines[at]!.trimEnd() !== one.trimEnd()) at++
        if (one.trim()) expect(at).toBeLessThan(lines.length)
        at++
      }
    }),
    { numRuns: 500 },
  )
})

test('words before any mark of history are never collapsed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{2,8}( [a-z]{2,8}){1,6}\.$/), { minLength: 1, maxLength: 8 }),
      fc.array(line, { maxLength: 20 }),
      (own, rest) => {
        const kept = trimText([...own, '', ...rest].join('\n')).text.split('\n')
        for (const one of own) expect(kept).toContain(one)
      },
    ),
    { numRuns: 300 },
  )
})
