/** What this installation is called and looks like. Refuses an accent that could not be read. */
import { randomUUIDv7 } from 'node:crypto'
import { accentFrom, nearestStrong, needed, weakest } from '../../../contract/colour.ts'
import type { Look } from '../../../contract/look.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { type Member, putSetting, renameInstallation } from '../../access/index.ts'
import type { DrawnLogo } from './draw.ts'

const day = 86_400_000

export async function keepLogo(db: Db, logo: DrawnLogo, now: Date): Promise<string> {
  const id = randomUUIDv7()
  await db
    .insertInto('logo')
    .values({ id, ...logo, madeAt: now })
    .execute()
  return id
}

/** Answers what it was before. */
export async function setLook(tx: Tx, actor: Member, look: Look, now: Date): Promise<Look> {
  const { accent, logoId } = look
  if (accent !== null && accentFrom(accent) === null) {
    const facts = { is: weakest(accent).toFixed(1), needs: needed, better: nearestStrong(accent) }
    throw new Refusal('accent-too-weak', 400, { facts, fields: [{ path: 'accent', says: 'is too weak' }] })
  }
  if (logoId !== null && !(await tx.selectFrom('logo').select('id').where('id', '=', logoId).executeTakeFirst()))
    throw new Refusal('logo-gone', 409)
  const name = await renameInstallation(tx, look.name, now)
  const before: Look = { name, accent: null, logoId: null }
  await putSetting(
    tx,
    'look',
    was => {
      Object.assign(before, was)
      return { accent, logoId }
    },
    now,
  )
  const changed = (['name', 'accent', 'logoId'] as const).filter(part => before[part] !== look[part])
  if (changed.length > 0) {
    const told = { subjectId: null, actorId: actor.personId, scopes: [], at: now }
    await record(tx, { kind: 'installation.changed', ...told, facts: { setting: 'look', changed } })
  }
  return before
}

export async function logoPng(db: Db, logoId: string, size: 'small' | 'large'): Promise<Buffer | null> {
  const row = await db.selectFrom('logo').select(['png', 'smallPng']).where('id', '=', logoId).executeTakeFirst()
  return row ? (size === 'small' ? row.smallPng : row.png) : null
}

/** A picture that was tried and not taken, or is not shown any more, waits a day for somebody to take it back. */
export async function sweepLogos(tx: Tx, now: Date): Promise<void> {
  const row = await tx.selectFrom('installation').select('settings').executeTakeFirst()
  const { look } = (row?.settings ?? {}) as { look?: Partial<Look> }
  let old = tx.deleteFrom('logo').where('madeAt', '<', new Date(now.getTime() - day))
  if (look?.logoId) old = old.where('id', '<>', look.logoId)
  await old.execute()
}
