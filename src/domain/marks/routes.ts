/** HTTP for tags and fields: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as fields from '../../contract/fields.ts'
import * as tags from '../../contract/tags.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import { absent, serve } from '../../platform/http/index.ts'
import type { Member, Rights } from '../access/index.ts'
import { changeField, makeField, moveField } from './commands/fields.ts'
import { changeTag, makeTag, mergeTag } from './commands/tags.ts'
import { listFields } from './queries/fields.ts'
import { listTags } from './queries/tags.ts'

export function markRoutes(app: FastifyInstance, parts: { db: Db; rights: Rights; nudges: Nudges }) {
  const { db, rights, nudges } = parts
  const change = async <T>(act: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await inTransaction(db, act)
    nudges.send('happened')
    return done
  }
  const settles = rights['lead-or-administrator']
  serve(app, tags.tags, rights['tag:see'], (input, { actor }) => listTags(db, actor, input))
  serve(app, tags.makeTag, rights['tag:make'], (input, { actor, now }) => change(tx => makeTag(tx, actor, input, now)))
  serve(app, tags.changeTag, settles, (input, { actor, now }) => change(tx => changeTag(tx, actor, input, now)))
  serve(app, tags.mergeTag, settles, (input, { actor, now }) => change(tx => mergeTag(tx, actor, input, now)))

  const one = async (tx: Tx, actor: Member, id: string) => {
    const field = (await listFields(tx, actor)).find(each => each.id === id)
    if (!field) throw absent()
    return { field }
  }
  serve(app, fields.fields, settles, async (_, { actor }) => ({ fields: await listFields(db, actor) }))
  serve(app, fields.makeField, settles, (input, { actor, now }) =>
    change(async tx => one(tx, actor, await makeField(tx, actor, input, now))),
  )
  serve(app, fields.changeField, settles, (input, { actor, now }) =>
    change(async tx => {
      await changeField(tx, actor, input, now)
      return one(tx, actor, input.fieldId)
    }),
  )
  serve(app, fields.moveField, settles, (input, { actor, now }) =>
    change(async tx => {
      await moveField(tx, actor, input, now)
      return { done: true as const }
    }),
  )
}
