/** Adding the sample organisation and removing it. Refuses a second one; a story that could not be told to its end leaves nothing behind. */
import { type Db, inTransaction } from '../../platform/db/index.ts'
import { type Nudges, record } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/log.ts'
import type { Parser } from '../../platform/mail/reading/parser.ts'
import { installation } from '../access/index.ts'
import { settleSampleRows } from '../channels/index.ts'
import { startIntake } from '../intake/index.ts'
import { setAround } from './around.ts'
import { takeAway } from './removal.ts'
import { isHere, setStage } from './setting.ts'
import { articles } from './story/articles.ts'
import { behind } from './story/behind.ts'
import { community } from './story/community.ts'
import { ours } from './story/ours.ts'
import { waiting } from './story/waiting.ts'
import { communityIsOff } from './tables.ts'
import { tell } from './telling.ts'
import { firstVisitor, isVisited, welcome } from './visitor.ts'

export type SampleParts = {
  db: Db
  files: Files
  parser: Parser
  log: Log
  nudges: Nudges
  /** where the help pages lie */
  baseUrl: URL
  /** for reply addresses */
  keys: readonly Buffer[]
}

/** `visitorId`: who takes Ana's seat; null while nobody has an account. */
export async function addSample(parts: SampleParts, visitorId: string | null, now: Date): Promise<void> {
  const { db } = parts
  const stage = await inTransaction(db, async tx => setStage(tx, (await installation(tx)).zone, now))
  try {
    const takeIn = (at: Date) => startIntake({ ...parts, clock: () => at }).takeIn
    const outside = (await communityIsOff(db)) ? articles : [...articles, ...community]
    const { files, baseUrl } = parts
    await tell({ db, files, baseUrl, stage, now, takeIn }, [...ours, ...waiting, ...behind, ...outside])
    await settleSampleRows(db, now)
    await inTransaction(db, async tx => {
      await setAround(tx, stage, now)
      if (visitorId) await welcome(tx, visitorId, now)
      await record(tx, {
        kind: 'sample.added',
        subjectId: stage.teamId,
        actorId: visitorId,
        scopes: [],
        facts: {},
        at: now,
      })
    })
  } catch (error) {
    const heirId = visitorId ?? stage.colleagues.ana.personId
    await inTransaction(db, tx => takeAway(tx, heirId)).catch(again =>
      parts.log.error({ err: again }, 'the sample stays half told'),
    )
    throw error
  }
  parts.nudges.send('happened')
}

/** `heirId` falls back for what stays. Removing what is not there changes nothing. */
export async function removeSample(
  parts: Pick<SampleParts, 'db' | 'nudges'>,
  heirId: string,
  now: Date,
): Promise<void> {
  await inTransaction(parts.db, async tx => {
    if (!(await isHere(tx))) return
    await takeAway(tx, heirId)
    await record(tx, { kind: 'sample.removed', subjectId: null, actorId: heirId, scopes: [], facts: {}, at: now })
    await record(tx, { kind: 'team.changed', subjectId: null, actorId: heirId, scopes: [heirId], facts: {}, at: now })
  })
  parts.nudges.send('happened')
}

/** For `npm run up -- --sample`: adds it unless it is there, and seats the first administrator as soon as there is one. */
export function keepSample(
  parts: SampleParts,
  options: { add: boolean; clock: () => Date },
): { ready: Promise<void>; stop: () => Promise<void> } {
  let stopped = false
  const bell = parts.nudges.listen('happened')
  const added = (async () => {
    const here = await inTransaction(parts.db, isHere)
    if (!options.add || here) return
    const visitorId = await inTransaction(parts.db, firstVisitor)
    await addSample(parts, visitorId, options.clock())
  })()
  const seating = (async () => {
    await added.catch(() => {})
    while (!stopped) {
      try {
        const done = await inTransaction(parts.db, async tx => {
          if (await isVisited(tx)) return true
          const visitorId = await firstVisitor(tx)
          if (!visitorId) return false
          await welcome(tx, visitorId, options.clock())
          return true
        })
        if (done) break
      } catch (error) {
        parts.log.warn({ err: error }, 'nobody could be seated in the sample yet')
      }
      // Only while a sample waits for its visitor.
      await bell.ring(300)
    }
    bell.close()
    parts.nudges.send('happened')
  })()
  return {
    ready: added,
    async stop() {
      stopped = true
      bell.close()
      await seating
    },
  }
}
