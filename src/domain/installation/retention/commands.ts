/** How long things are kept: set, looked up, and kept to every night. */
import { type Retention, startingRetention } from '../../../contract/keeping.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { type Member, putSetting, settingsOfInstallation } from '../../access/index.ts'
import { letGo } from './going.ts'

export async function retentionOf(on: Db | Tx): Promise<Retention> {
  const { retention } = await settingsOfInstallation(on)
  return { ...startingRetention, ...(retention as Partial<Retention> | undefined) }
}

export async function setRetention(tx: Tx, actor: Member, retention: Retention, now: Date): Promise<void> {
  let before = startingRetention
  await putSetting(
    tx,
    'retention',
    was => {
      before = { ...startingRetention, ...(was as Partial<Retention> | undefined) }
      return retention
    },
    now,
  )
  const changed = (Object.keys(retention) as (keyof Retention)[]).filter(part => before[part] !== retention[part])
  if (changed.length === 0) return
  const days = changed.map(part => `${part} ${before[part] ?? 'never'} > ${retention[part] ?? 'never'}`)
  const told = { subjectId: null, actorId: actor.personId, scopes: [], at: now }
  await record(tx, { kind: 'installation.changed', ...told, facts: { setting: 'retention', changed, days } })
}

/** The night's work. What went is in the log, by figures. */
export async function keepToRetention(db: Db, now: Date, signal: AbortSignal): Promise<void> {
  const gone = await letGo(db, await retentionOf(db), now, signal)
  if (Object.values(gone).every(count => count === 0)) return
  await inTransaction(db, tx =>
    record(tx, { kind: 'retention.ran', subjectId: null, actorId: null, scopes: [], facts: gone, at: now }),
  )
}
