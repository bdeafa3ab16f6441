/** Asks the server: one function for every endpoint of the contract. Refuses to guess: what fails is a `Problem` that a screen can show. */
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Endpoint, Problem as Wire } from '../contract/kit.ts'
import { answeredAt, beforeLive } from './live.ts'
import { afterPicture, firstPicture, stayed } from './picture.ts'

export type Input<E extends Endpoint> = z.input<E['input']>
export type Output<E extends Endpoint> = z.output<E['output']>

/** What the server refused, or that it could not be reached (`code: 'silent'`, status 0). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly fields: { path: string; says: string }[]
  readonly facts: Record<string, unknown>

  constructor(wire: Partial<Wire> & { code: string; status: number }) {
    super(wire.title ?? wire.code)
    this.code = wire.code
    this.status = wire.status
    this.title = wire.title ?? ''
    this.detail = wire.detail ?? ''
    this.fields = wire.fields ?? []
    this.facts = wire.facts ?? {}
  }

  /** What is wrong with one field of a form. */
  about(path: string): string | undefined {
    return this.fields.find(field => field.path === path)?.says
  }
}

let signedOut = () => {}
/** What happens when the session is over; set once by the router. */
export function whenSignedOut(act: () => void) {
  signedOut = act
}

function place(endpoint: Endpoint, input: Record<string, unknown>) {
  const rest = { ...input }
  const path = endpoint.path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  return { path, rest }
}

export async function ask<E extends Endpoint>(endpoint: E, input: Input<E>, signal?: AbortSignal): Promise<Output<E>> {
  const { path, rest } = place(endpoint, (input ?? {}) as Record<string, unknown>)
  const bodied = endpoint.method === 'POST' || endpoint.method === 'PUT'
  const given = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null)
  const search = bodied || given.length === 0 ? '' : `?${new URLSearchParams(given.map(([k, v]) => [k, String(v)]))}`
  return (await send(path + search, {
    method: endpoint.method,
    ...(bodied ? { body: JSON.stringify(rest), headers: { 'content-type': 'application/json' } } : {}),
    ...(signal ? { signal } : {}),
  })) as Output<E>
}

/** Sends anything to our own server and reads its JSON; for uploads, where the contract names a path and not an endpoint. */
export async function send(path: string, init: RequestInit): Promise<unknown> {
  const early = beforeLive()
  const headers = { 'accept-language': document.documentElement.lang || 'en', ...init.headers }
  const response = await fetch(path, { credentials: 'same-origin', ...init, headers }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem({ code: 'silent', status: 0 })
  })
  if (early) answeredAt(response.headers.get('x-pond-position'))
  if (response.ok) return response.status === 204 ? {} : await response.json()
  const wire = (await response.json().catch(() => ({}))) as Partial<Wire>
  const problem = new Problem({ ...wire, code: wire.code ?? 'broken', status: response.status })
  if (response.status === 401 && problem.code === 'not-signed-in') signedOut()
  throw problem
}

/** A cached question. Its key starts with the path, so that live events can mark everything of one kind as old. */
export function query<E extends Endpoint>(endpoint: E, input: Input<E>) {
  return queryOptions({
    queryKey: [endpoint.path, input] as const,
    queryFn: ({ signal }) => ask(endpoint, input, signal),
  })
}

/** The same for what stands beside what a page is opened for: it lets the picture go first. */
export function besides<E extends Endpoint>(endpoint: E, input: Input<E>) {
  return queryOptions({
    queryKey: [endpoint.path, input] as const,
    queryFn: async ({ signal }) => {
      await firstPicture
      await afterPicture()
      return ask(endpoint, input, signal)
    },
  })
}

/** The same for what only somebody who stays looks at: who leafs on to the next asks for none of it. */
export function whenStayed<E extends Endpoint>(endpoint: E, input: Input<E>) {
  const queryKey = [endpoint.path, input] as const
  return queryOptions({
    queryKey,
    queryFn: async ({ signal, client }) => {
      // What stands there already is renewed at once.
      if (client.getQueryData(queryKey) === undefined) await stayed(signal)
      return ask(endpoint, input, signal)
    },
  })
}

/** Marks every answer of these endpoints as old. */
export function renew(client: QueryClient, ...endpoints: Endpoint[]) {
  for (const { path } of endpoints) void client.invalidateQueries({ queryKey: [path] })
}
