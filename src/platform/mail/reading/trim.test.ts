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
