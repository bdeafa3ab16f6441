/** Makes the first account of a new house, as the first hour does by hand, and keeps its session for the browser. */
import { request } from '@playwright/test'
import { ana, port } from './place.ts'

export type State = Awaited<ReturnType<Awaited<ReturnType<typeof request.newContext>>['storageState']>>

/** `link`: the one-time link that was printed at the start. */
export async function begin(link: string): Promise<State> {
  const origin = `http://localhost:${port}`
  const outside = await request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } })
  const token = new URL(link).hash.replace('#token=', '')
  const made = await outside.post('/api/v1/first-administrator', {
    data: { ...ana, token, zone: 'Europe/Amsterdam', language: 'en' },
  })
  if (!made.ok()) throw new Error(`No first account: ${await made.text()}`)
  const state = await outside.storageState()
  await outside.dispose()
  return state
}
