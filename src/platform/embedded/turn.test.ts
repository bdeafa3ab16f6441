import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { inTurn } from './turn.ts'

const folder = mkdtempSync(join(tmpdir(), 'turn-'))
const file = join(folder, 'starting.lock')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('one at a time, and nothing stays behind', async () => {
  let inside = 0
  const act = () =>
    inTurn(file, async () => {
      expect(++inside).toBe(1)
      await pause(20)
      inside--
    })
  await Promise.all([act(), act(), act()])
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  ['a holder that died', '999999999 17'],
  ['a number that another process has by now', `${process.pid} 17`],
  ['a file without a word', ''],
])('%s holds nobody up', async (_, left) => {
  writeFileSync(file, left)
  expect(await inTurn(file, async () => 'done')).toBe('done')
})
