/** Files: what is put can be read, twice the same is one file, and names never come from outside. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openFiles } from './files.ts'
import { zipOut } from './zip-out.ts'

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

test('a zip on its way goes on without a file that is gone, and ends nothing but itself where it can not be made', async () => {
  const files = openFiles(folder)
  const [kept] = await files.put([Buffer.from('kept')])
  const zip = zipOut(files, async it => {
    it.file('gone.txt', Buffer.alloc(32, 9))
    it.file('kept.txt', kept!)
    it.words('data.json', '{}')
  })
  const bytes = Buffer.concat(await zip.toArray())
  for (const name of ['gone.txt', 'kept.txt', 'data.json']) expect(bytes.includes(name), name).toBe(true)
  const broken = zipOut(files, async () => {
    throw new Error('no more')
  })
  await expect(broken.toArray()).rejects.toThrow('no more')
})
