/** Writes down the shape of a migrated database as SQL a person can read and compare. It is for reading: the migrations alone make a database. */
import type { Pool } from './pool.ts'

const tables = `
  select c.oid, c.relname as name, obj_description(c.oid) as said
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`

const columns = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required, a.attidentity as identity,
         a.attgenerated as generated, pg_get_expr(d.adbin, d.adrelid) as fallback
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`

// "not null" is a constraint of its own from PostgreSQL 18 on and stands at the column here.
const constraints = `
  select conname as name, pg_get_constraintdef(oid) as rule from pg_constraint
  where conrelid = $1 and contype not in ('n', 't') order by contype desc, conname`

const indexes = `
  select pg_get_indexdef(i.indexrelid) as line from pg_index i
  where i.indrelid = $1 and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by 1`

const triggers = `select pg_get_triggerdef(oid) as line from pg_trigger where tgrelid = $1 and not tgisinternal order by tgname`

const functions = `
  select pg_get_functiondef(p.oid) as line from pg_proc p
  where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by p.proname, p.oid::regprocedure::text`

const views = `
  select 'CREATE VIEW ' || c.relname || E' AS\n' || pg_get_viewdef(c.oid) as line from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm') order by c.relname`

const extensions = `select 'CREATE EXTENSION ' || extname as line from pg_extension where extname <> 'plpgsql' order by extname`

const types = `
  select 'CREATE TYPE ' || t.typname || ' AS ENUM (' || string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) || ')' as line
  from pg_type t join pg_enum e on e.enumtypid = t.oid where t.typnamespace = 'public'::regnamespace group by t.typname order by t.typname`

export async function describeShape(pool: Pool): Promise<string> {
  const lines = async (sql: string, args: unknown[] = []) =>
    (await pool.query<{ line: string }>(sql, args)).rows.map(row => `${row.line.trim().replace(/;$/, '')};`)
  const parts = ['-- Made by `npm run db:shape` from db/migrations. Do not edit.']
  parts.push(...(await lines(extensions)), ...(await lines(types)), ...(await lines(functions)))
  for (const table of (await pool.query(tables)).rows) {
    const inside = (await pool.query(columns, [table.oid])).rows.map(columnLine)
    for (const { name, rule } of (await pool.query(constraints, [table.oid])).rows) {
      inside.push(`  CONSTRAINT ${name} ${rule}`)
    }
    if (table.said) parts.push(`-- ${table.said}`)
    parts.push(`CREATE TABLE ${table.name} (\n${inside.join(',\n')}\n);`)
    parts.push(...(await lines(indexes, [table.oid])), ...(await lines(triggers, [table.oid])))
  }
  parts.push(...(await lines(views)))
  return `${parts.join('\n\n')}\n`
}

function columnLine(column: { name: string; type: string; required: boolean } & Record<string, string>): string {
  const words = [`  ${column.name} ${column.type}`]
  if (column.required) words.push('NOT NULL')
  if (column.identity) words.push(`GENERATED ${column.identity === 'a' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`)
  else if (column.generated) words.push(`GENERATED ALWAYS AS (${column.fallback}) STORED`)
  else if (column.fallback) words.push(`DEFAULT ${column.fallback}`)
  return words.join(' ')
}
