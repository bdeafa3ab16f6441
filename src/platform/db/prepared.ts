/**
 * Gives every statement of the query builder a name, so that PostgreSQL parses it once per connection: a page asks the
 * same few questions over and over. Texts beyond the bound go unnamed; lists are passed as one array parameter, so that
 * the number of texts does not grow with what is asked.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool } from './pool.ts'

const most = 1000
const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= most) return known
  const name = `pond-${names.size + 1}`
  names.set(text, name)
  return name
}

/** Shorter ones are begin and commit: naming those saves nothing. */
const shortest = 40

export function prepared(pool: Pool): PostgresPool {
  const wrapped = new WeakMap<object, PostgresPoolClient>()
  return {
    async connect() {
      const client = await pool.connect()
      let wrap = wrapped.get(client)
      if (!wrap) {
        const query = (text: string, values?: unknown[]) => {
          const name = text.length > shortest ? nameOf(text) : undefined
          return name ? client.query({ name, text, values: values ?? [] }) : client.query(text, values)
        }
        const release = (destroy?: boolean) => client.release(destroy)
        wrap = { query, release } as unknown as PostgresPoolClient
        wrapped.set(client, wrap)
      }
      return wrap
    },
    end: () => pool.end(),
  } as PostgresPool
}
