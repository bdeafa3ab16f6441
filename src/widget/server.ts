/** Asks the desk. No cookie goes along; what fails says how: silent, or a code and its facts. */
import { home, key } from './given.ts'

export class Trouble extends Error {
  /** 0: nobody answered */
  readonly status: number
  readonly code: string
  readonly seconds: number
  constructor(status: number, code: string, seconds = 0) {
    super(code)
    this.status = status
    this.code = code
    this.seconds = seconds
  }
}

/** The answer itself: for streams and files. */
export async function fetchFrom(what: string, init: RequestInit): Promise<Response> {
  const url = `${home}/chat/${key}/${what}`
  const response = await fetch(url, {
    method: 'POST',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    ...init,
  }).catch(() => {
    throw new Trouble(0, 'silent')
  })
  if (response.ok) return response
  const told = (await response.json().catch(() => ({}))) as { code?: string; facts?: { seconds?: number } }
  throw new Trouble(response.status, told.code ?? 'broken', told.facts?.seconds)
}

export const asJson = (body: unknown, more: RequestInit = {}): RequestInit => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
  ...more,
})

export async function ask<T>(what: string, body: unknown, more?: RequestInit): Promise<T> {
  return (await fetchFrom(what, asJson(body, more))).json() as Promise<T>
}
