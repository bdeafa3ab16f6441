import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Content } from '../outgoing.ts'
import { letterHtml, letterText } from './letter.ts'
import { letterFor } from './letters.ts'

const beside = {
  installation: 'Lindqvist Espresso',
  mailboxAddress: 'service@lindqvist.example',
  now: new Date('2026-11-23T07:52:30Z'),
  conversationNumber: 4817,
  recipient: 'ines@saudade.example',
  message: null,
  links: [],
  quoted: null,
}
const frame = { fromName: null, to: [{ name: 'Inês', address: 'ines@saudade.example' }], language: 'en', zone: 'UTC' }
const acknowledgement = {
  ...frame,
  is: 'acknowledgement',
  subject: 'The Faro',
  number: 4817,
  greets: 'Inês',
  owner: 'Ana Kovačević',
  team: 'Workshop',
  dueAt: '2026-11-23T10:00:00Z',
  wroteAt: '2026-11-23T06:52:00Z',
  said: 'Is it safe?',
}
const letter = (content: object, more: object = {}) => letterFor(Content.parse(content), { ...beside, ...more })

test.each(['en', 'de', 'es', 'fr', 'ar', 'pt-BR'])(
  'an acknowledgement says who has it and by when, in %s',
  language => {
    const drawn = letter({ ...acknowledgement, language })
    for (const shown of [letterText(drawn), letterHtml(drawn)]) {
      expect(shown).toContain('Ana Kovačević')
      expect(shown).toContain('10:00')
      expect(shown).toContain('4817')
      expect(shown).toContain('service@lindqvist.example')
      expect(shown).not.toMatch(/\{\{|<\/?1>|&lt;1|%20|acknowledgement\./)
    }
    expect(letterHtml(drawn)).toContain(language === 'ar' ? 'dir="rtl"' : 'dir="ltr"')
  },
)

test('to somebody unverified it shows nothing of what they wrote (S14)', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{8,20}$/), words => {
      const drawn = letter({
        ...acknowledgement,
        subject: null,
        said: null,
        greets: null,
        to: [{ name: '', address: `${words}@x.example` }],
      })
      const shown = drawn.subject + letterText(drawn) + letterHtml(drawn)
      expect(shown).not.toContain(words)
    }),
  )
})

test('whatever names, subjects and quotes hold, the page stays ours', () => {
  const evil = '"><script>alert(1)</script>\r\nBcc: all@x.example\u2028{{owner}}$t(check.words)'
  const drawn = letter({ ...acknowledgement, subject: evil, said: evil, greets: evil, owner: evil })
  expect(letterHtml(drawn)).not.toContain('<script')
  expect(drawn.subject).not.toMatch(/[\r\n\u2028]/)
  expect(letterText(drawn)).toContain('{{owner}}$t(check.words)')
})

test('a reply carries what was promised, and history only for those who take part', () => {
  const reply = {
    ...frame,
    is: 'reply',
    subject: 'Re: The Faro',
    author: 'Ana Kovačević',
    cc: [{ name: 'Rui', address: 'rui@x.example' }],
    told: [{ words: 'Tomasz calls you', dueAt: '2026-11-24T10:00:00Z', ours: true }],
  }
  const message = {
    html: '<p>Here it is.</p>',
    text: 'Here it is.',
  }
  const quoted = { name: 'Inês', text: 'Is it safe?', at: new Date('2026-11-23T06:52:00Z') }
  const text = letterText(letter(reply, { message, quoted }))
  expect(text).toContain('* Tomasz calls you, by tomorrow, Tue 24 Nov, 10:00')
  expect(text).toContain('> Is it safe?')
  expect(text).toContain('copied to Rui')
  const copied = letterText(letter(reply, { message, recipient: 'rui@x.example' }))
  expect(copied).not.toContain('Is it safe?')
  expect(copied).toContain('because you were copied')
})

test('a no carries its personal word, and what is offered instead', () => {
  const no = {
    personalWord: 'I know the fair matters to you.',
    alternative: { is: 'offer', words: 'A Faro 2 is free.' },
  }
  const told = [
    { words: 'you send the log', dueAt: '2026-11-24T10:00:00Z', ours: false, againAt: '2026-11-26T10:00:00Z' },
  ]
  const content = { ...frame, is: 'reply', subject: 'Re: The Faro', author: 'Ana Kovačević', no, told }
  const text = letterText(letter(content, { message: { html: '<p>We can’t.</p>', text: 'We can’t.' } }))
  expect(text.indexOf('We can’t.')).toBeLessThan(text.indexOf('I know the fair matters'))
  expect(text.indexOf('I know the fair matters')).toBeLessThan(text.indexOf('A Faro 2 is free.'))
  expect(text).toContain('you send the log')
})

test('links stand below the words as rows, each with what follows, and in the foot', () => {
  const content = {
    ...frame,
    is: 'reply',
    subject: 'Re: The Faro',
    author: 'Ana Kovačević',
    linksNote: 'Each opens a page.',
  }
  const row = {
    at: 'row',
    label: 'Thursday',
    what: '45 minutes <without> coffee',
    heading: null,
    address: 'https://d.example/o/a/1',
  }
  const foot = { at: 'foot', label: 'See it', what: null, heading: null, address: 'https://d.example/o/b' }
  const drawn = letter(content, { message: { html: '<p>Take one.</p>', text: 'Take one.' }, links: [row, foot] })
  const text = letterText(drawn)
  expect(text.indexOf('Take one.')).toBeLessThan(text.indexOf('https://d.example/o/a/1'))
  expect(text.indexOf('https://d.example/o/a/1')).toBeLessThan(text.indexOf('Each opens a page.'))
  expect(text.indexOf('Each opens a page.')).toBeLessThan(text.indexOf('Ana Kovačević\nLindqvist'))
  expect(text).toContain('See it: https://d.example/o/b')
  expect(letterHtml(drawn)).toContain('href="https://d.example/o/a/1"')
  expect(letterHtml(drawn)).toContain('45 minutes &lt;without&gt; coffee')
})

test('the accent of the installation colours links and the promise, and one that could not be read colours nothing', () => {
  const drawn = letter(acknowledgement)
  const withRow = { ...drawn, footLinks: [{ label: 'Leave me in peace', address: 'https://x.example' }] }
  const own = letterHtml(withRow, '#5b2a86')
  expect(own).toContain('style="color:#5b2a86;"')
  expect(own).not.toContain('#1a6084')
  expect(letterHtml(withRow, '#ffee00')).toBe(letterHtml(withRow))
  expect(letterHtml(withRow, '"><script>')).toBe(letterHtml(withRow))
})
