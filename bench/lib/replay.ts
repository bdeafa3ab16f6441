/**
 * The floor under a page: the statements its work consists of, with their values, asked again by name on one connection
 * with nothing around them. Recorded from the work itself, so that the floor never tells of other work than the page.
 */
import type { PoolClient } from 'pg'
import { createDb, type Db, type Pool, type Tx } from '../../src/platform/db/index.ts'

export type Statement = { text: string; values: unknown[] }

export function recording(pool: Pool) {
  let statements: Statement[] = []
  const listening = {
    async connect() {
      const client = await pool.connect()
      const query = (asked: { text: string; values: unknown[] } | string, values?: unknown[]) => {
        const text = typeof asked === 'string' ? asked : asked.text
        const given = typeof asked === 'string' ? (values ?? []) : asked.values
        statements.push({ text, values: given })
        return typeof asked === 'string' ? client.query(asked, values) : client.query(asked)
      }
      return { query, release: () => client.release() }
    },
    end: async () => {},
  }
  const db: Db = createDb(listening as unknown as Pool)
  return {
    db,
    async during(act: () => Promise<unknown>): Promise<Statement[]> {
      statements = []
      await act()
      return statements
    },
    async rolledBack(act: (tx: Tx) => Promise<unknown>) {
      await db
        .transaction()
        .execute(async tx => {
          await act(tx)
          throw rollback
        })
        .catch(error => {
          if (error !== rollback) throw error
        })
    },
  }
}

const rollback = new Error('only recorded')
const names = new Map<string, string>()

/** Milliseconds for all of them one after another; `writes` commits what was recorded and rolled back. */
export async function replay(client: PoolClient, statements: Statement[], writes: boolean): Promise<number> {
  const began = performance.now()
  for (const { text, values } of statements) {
    if (writes && text === 'rollback') await client.query('commit')
    else if (values.length === 0) await client.query(text)
    else {
      const name = names.get(text) ?? `floor-${names.size}`
      names.set(text, name)
      await client.query({ name, text, values })
    }
  }
  return performance.now() - began
}
