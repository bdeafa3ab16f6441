/** What goes from one person's answer into a page for others. */
import { expect, test } from 'vitest'
import { heldBackFrom } from './held-back.ts'

const about = (text: string) => heldBackFrom(text, ['Inês Carvalho', 'rui@saudade.example'])

test('greeting, names, addresses and closing stay with whom they were for', () => {
  const { paragraphs, heldBack } = about(
    'Dear Inês,\n\nPress the reset behind the tray. If it trips again, Carvalho and Rui can call.\n\nWrite to ines@saudade.example or +31 10 555 0199.\n\nKind regards\nBram de Wit',
  )
  expect(paragraphs).toEqual([
    'Press the reset behind the tray. If it trips again, … and Rui can call.',
    'Write to … or ….',
  ])
  expect(heldBack).toBe(5)
})

test.each([
  [
    'Guten Tag Frau Carvalho,\nbitte halten Sie die Taste.\nMit freundlichen Grüßen\nBram',
    'bitte halten Sie die Taste.',
  ],
  ['Hola Inês,\npulse el botón.\nUn saludo\nBram', 'pulse el botón.'],
  ['Bonjour Madame,\nappuyez sur le bouton.\nCordialement\nBram', 'appuyez sur le bouton.'],
  ['مرحبا إينيس،\nاضغط على الزر.\nمع أطيب التحيات\nبرام', 'اضغط على الزر.'],
  ['Hi Inês, press the button.', 'Press the button.'],
])('%s', (text, rest) => {
  expect(about(text).paragraphs).toEqual([rest])
})

test('numbers that name somebody’s own thing are held back, ordinary ones stay', () => {
  const { paragraphs } = about(
    'Machine F3-20931, account NL91 ABNA 0417 1643 00, card 4111 1111 1111 1111.\n\nWait 30 minutes at 92 °C; it takes 2 or 3 tries in 2026.',
  )
  expect(paragraphs).toEqual([
    'Machine …, account …, card ….',
    'Wait 30 minutes at 92 °C; it takes 2 or 3 tries in 2026.',
  ])
})

test('a link stays, what it says about its reader does not', () => {
  expect(about('See https://help.example/reset?customer=12&key=abc today.').paragraphs).toEqual([
    'See https://help.example/reset… today.',
  ])
})

test('an answer that only looks like a greeting stays whole', () => {
  expect(about('Hello is what the screen says. That is fine.').paragraphs).toEqual([
    'Hello is what the screen says. That is fine.',
  ])
  expect(about('').paragraphs).toEqual([])
})
