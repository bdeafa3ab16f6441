/** Lists of people as they are pasted: names, addresses, and what is neither. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAddresses, readOne, readPasted } from './addresses.ts'

test('names, addresses, commas, semicolons and lines are read', () => {
  expect(readAddresses('"Carvalho, Inês" <ines@saudade.example>, rui@x.example; Jo <jo@y.example>\nnobody')).toEqual([
    { name: 'Carvalho, Inês', address: 'ines@saudade.example' },
    { name: '', address: 'rui@x.example' },
    { name: 'Jo', address: 'jo@y.example' },
    { name: '', address: 'nobody', wrong: true },
  ])
})

test('blanks part plain addresses, and nobody comes twice', () => {
  expect(readPasted('a@x.example b@x.example A@x.example').map(one => one.address)).toEqual([
    'a@x.example',
    'b@x.example',
  ])
})

test('a link to an address is that address', () => {
  expect(readOne('mailto:a@x.example')).toEqual({ name: '', address: 'a@x.example' })
  expect(readOne('   ')).toBeNull()
})

test('never throws, and keeps everything it cannot read in sight', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), text => {
      for (const one of readPasted(text)) expect(one.address).not.toBe('')
    }),
  )
})
