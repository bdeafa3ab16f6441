/** The query builder over anything that hands out connections: columns are mapped between the two spellings once, keys inside JSON never. */
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import type { DB } from './generated.ts'
import type { Pool } from './pool.ts'
import { prepared } from './prepared.ts'

export type Db = Kysely<DB>

export function builderOver(pool: Pool): Db {
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool: prepared(pool) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}
