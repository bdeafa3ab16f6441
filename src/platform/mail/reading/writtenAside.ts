/** Reads large words of members in a thread of its own, so that nobody else's request waits for a pasted novel. */
import { aside } from '../../aside/aside.ts'
import { type Inside, type Written, written } from './written.ts'

export type { Written }

/** Characters that are read at once: some 30 ms. */
const small = 20_000
const far = aside<{ body: string; inside: Inside }, Written>(new URL('./writtenWorker.ts', import.meta.url))

export async function writtenAside(body: string, inside: Inside = {}): Promise<Written> {
  return body.length <= small ? written(body, inside) : far({ body, inside })
}
