/** Which answers are made smaller: long ones that a page of ours asked for, and no other. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { makeSmaller } from './smaller.ts'

test('a long answer goes out small to a page of ours that reads it so, and whole to everybody else', async () => {
  const app = Fastify()
  makeSmaller(app)
  const long = { words: 'Somebody wrote. '.repeat(200) }
  app.get('/long', async () => long)
  app.get('/short', async () => ({ words: 'Nobody did.' }))
  const ask = (url: string, encoding: string, site?: string) =>
    app.inject({ url, headers: { 'accept-encoding': encoding, ...(site ? { 'sec-fetch-site': site } : {}) } })
  const brotli = await ask('/long', 'gzip, deflate, br', 'same-origin')
  expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding, sec-fetch-site' })
  expect(JSON.parse(brotliDecompressSync(brotli.rawPayload).toString())).toEqual(long)
  expect(Number(brotli.headers['content-length'])).toBe(brotli.rawPayload.length)
  const zipped = await ask('/long', 'gzip', 'same-origin')
  expect(JSON.parse(gunzipSync(zipped.rawPayload).toString())).toEqual(long)
  for (const whole of [
    await ask('/short', 'br', 'same-origin'),
    await ask('/long', 'identity', 'same-origin'),
    await ask('/long', 'br', 'cross-site'),
    await ask('/long', 'br'),
  ])
    expect(whole.headers['content-encoding']).toBeUndefined()
  await app.close()
})
