/** HTTP for people: finding somebody to write to. The right comes from outside, because access stands above people. */
import type { FastifyInstance } from 'fastify'
import { findPeople } from '../../contract/conversations.ts'
import type { Db } from '../../platform/db/index.ts'
import { type Right, serve } from '../../platform/http/index.ts'
import { peopleLike } from './queries.ts'

export function peopleRoutes(app: FastifyInstance, parts: { db: Db; mayFind: Right<unknown> }) {
  serve(app, findPeople, parts.mayFind, async ({ like }) => ({ people: await peopleLike(parts.db, like) }))
}
