/** Writes docs/api.json, the description of the API (OpenAPI 3.1), from the contract. With --check it only says whether that file is stale. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import * as bulk from '../src/contract/bulk.ts'
import * as conversations from '../src/contract/conversations.ts'
import * as fields from '../src/contract/fields.ts'
import * as insight from '../src/contract/insight.ts'
import type { Endpoint } from '../src/contract/kit.ts'
import { Problem } from '../src/contract/kit.ts'
import * as mailboxes from '../src/contract/mailboxes.ts'
import * as marks from '../src/contract/marks.ts'
import * as organisations from '../src/contract/organisations.ts'
import * as pond from '../src/contract/pond.ts'
import * as promises from '../src/contract/promises.ts'
import * as relations from '../src/contract/relations.ts'
import * as session from '../src/contract/session.ts'
import * as structure from '../src/contract/structure.ts'
import * as tags from '../src/contract/tags.ts'
import * as teams from '../src/contract/teams.ts'

const file = join(import.meta.dirname, '../docs/api.json')
const parts = {
  session,
  teams,
  mailboxes,
  conversations,
  structure,
  bulk,
  promises,
  tags,
  fields,
  marks,
  relations,
  organisations,
  pond,
  insight,
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'input' in value
}

type Shape = { properties?: Record<string, unknown>; required?: string[] }

function shapeOf(schema: z.ZodType, io: 'input' | 'output'): Shape {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Shape & {
    $schema?: string
  }
  return shape
}

/** Path and query parameters by name; what is left is the body. */
function operationOf(tag: string, name: string, endpoint: Endpoint) {
  const input = shapeOf(endpoint.input, 'input')
  const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map(found => found[1]!)
  const rest = Object.entries(input.properties ?? {}).filter(([key]) => !inPath.includes(key))
  const inQuery = endpoint.method === 'GET' ? rest : []
  const required = new Set(input.required ?? [])
  const parameters = [
    ...inPath.map(key => ({ name: key, in: 'path', required: true, schema: input.properties?.[key] ?? {} })),
    ...inQuery.map(([key, schema]) => ({ name: key, in: 'query', required: required.has(key), schema })),
  ]
  const body = {
    ...input,
    properties: Object.fromEntries(rest),
    required: [...required].filter(key => !inPath.includes(key)),
  }
  return {
    operationId: `${tag}.${name}`,
    tags: [tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(endpoint.method !== 'GET' && rest.length > 0
      ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } }
      : {}),
    responses: {
      200: { description: 'done', content: { 'application/json': { schema: shapeOf(endpoint.output, 'output') } } },
      default: {
        description: 'refused',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function describeContract() {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [tag, part] of Object.entries(parts)) {
    for (const [name, value] of Object.entries(part)) {
      if (!isEndpoint(value)) continue
      const path = value.path.replace(/:(\w+)/g, '{$1}')
      paths[path] = { ...paths[path], [value.method.toLowerCase()]: operationOf(tag, name, value) }
    }
  }
  const sorted = Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1)))
  const info = { title: 'Pond', version: '1', description: 'What the desk and other programs may ask of Pond.' }
  return `${JSON.stringify({ openapi: '3.1.0', info, paths: sorted, components: { schemas: { Problem: shapeOf(Problem, 'output') } } }, null, 1)}\n`
}

const now = describeContract()
if (process.argv.includes('--check')) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== now) {
    console.error('docs/api.json is stale: run "npm run api" and commit it.')
    process.exit(1)
  }
} else {
  writeFileSync(file, now)
}
