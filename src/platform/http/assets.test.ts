/** What browsers are served: the built files, and nothing about any other file of the machine. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { serveAssets } from './assets.ts'

test('a file outside the folder answers as one that is not there (S20)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pond-assets-'))
  mkdirSync(join(folder, 'desk/assets'), { recursive: true })
  writeFileSync(join(folder, 'desk/index.html'), '<p>desk</p>')
  writeFileSync(join(folder, 'desk/assets/a..b.js'), '1')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  const app = Fastify()
  await serveAssets(app, join(folder, 'desk'))
  const status = async (url: string) => (await app.inject(url)).statusCode
  expect(await status('/assets/a..b.js')).toBe(200)
  for (const up of ['..%2f', '%2e%2e%2f', 'assets%2f..%2f..%2f', '..%2fdesk%2f..%2f']) {
    expect(await status(`/${up}secret.txt`), up).toBe(404)
    expect(await status(`/${up}nothing.txt`), up).toBe(404)
  }
  await app.close()
  rmSync(folder, { recursive: true })
})

test('what was made small beforehand is handed to browsers that read it, and the whole to all others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pond-assets-'))
  const words = 'export const words = 1\n'.repeat(200)
  writeFileSync(join(folder, 'a.js'), words)
  writeFileSync(join(folder, 'a.js.gz'), gzipSync(words))
  const app = Fastify()
  await serveAssets(app, folder)
  const small = await app.inject({ url: '/a.js', headers: { 'accept-encoding': 'gzip' } })
  expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  expect(small.headers['content-type']).toMatch(/javascript/)
  expect(gunzipSync(small.rawPayload).toString()).toBe(words)
  const whole = await app.inject('/a.js')
  expect(whole.headers['content-encoding']).toBeUndefined()
  expect(whole.body).toBe(words)
  await app.close()
  rmSync(folder, { recursive: true })
})
