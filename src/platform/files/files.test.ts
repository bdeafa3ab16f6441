/** Files: what is put can be read, twice the same is one file, and names never come from outside. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openFiles } from './files.ts'

const folder = await mkdtemp(join(tmpdir(), 'pond-files-'))
afterAll(() => rm(folder, { recursive: true }))

test('what is put can be read back, and twice the same content is one file', async () => {
  const files = openFiles(folder)
  const contents = [Buffer.from('one'), Buffer.from('two'), Buffer.from('one'), Buffer.alloc(0)]
  const hashes = await files.put(contents)
  for (const [at, hash] of hashes.entries()) expect(await files.read(hash)).toEqual(contents[at])
  expect(hashes[0]).toEqual(hashes[2])
  const names = (await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true })).filter(each =>
    each.isFile(),
  )
  expect(names.length).toBe(3)
  for (const name of names) expect(name.name).toMatch(/^[0-9a-f]{62}$/)
})

test('there is room on the disk, and it is told in bytes', async () => {
  expect(await openFiles(folder).room()).toBeGreaterThan(1_000_000)
})
