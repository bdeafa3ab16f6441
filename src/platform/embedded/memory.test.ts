import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataIn, memoryHere, sharedMemory } from './memory.ts'

const [megabyte, gigabyte] = [2 ** 20, 2 ** 30]

test('a young installation takes the least, a grown one an eighth of its data', () => {
  expect(sharedMemory(0, 16 * gigabyte)).toBe('64MB')
  expect(sharedMemory(2 * gigabyte, 16 * gigabyte)).toBe('256MB')
  expect(sharedMemory(11 * gigabyte, 24 * gigabyte)).toBe('512MB')
})

test('a small machine gives up a sixteenth of what it has, and never less than the server needs', () => {
  expect(sharedMemory(11 * gigabyte, 2 * gigabyte)).toBe('128MB')
  expect(sharedMemory(11 * gigabyte, 512 * megabyte)).toBe('64MB')
})

test('more data or more memory never means less', () => {
  const size = fc.integer({ min: 0, max: 64 * 1024 })
  const shared = (data: number, memory: number) => Number.parseInt(sharedMemory(data * megabyte, memory * megabyte), 10)
  fc.assert(
    fc.property(size, size, size, (data, memory, more) => {
      const now = shared(data, memory)
      expect(now).toBeGreaterThanOrEqual(64)
      expect(now).toBeLessThanOrEqual(512)
      expect(shared(data + more, memory)).toBeGreaterThanOrEqual(now)
      expect(shared(data, memory + more)).toBeGreaterThanOrEqual(now)
    }),
  )
})

test('the tables of all databases count, and a new cluster has none', () => {
  const cluster = mkdtempSync(join(tmpdir(), 'cluster-'))
  try {
    expect(dataIn(cluster)).toBe(0)
    for (const [database, size] of [
      ['1', 10],
      ['5', 300],
    ] as const) {
      mkdirSync(join(cluster, 'base', database), { recursive: true })
      writeFileSync(join(cluster, 'base', database, '1259'), Buffer.alloc(size))
    }
    expect(dataIn(cluster)).toBe(310)
  } finally {
    rmSync(cluster, { recursive: true })
  }
})

test('this machine has memory', () => {
  expect(memoryHere()).toBeGreaterThan(64 * megabyte)
})
