import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aConversation, aDesk, aMember, ask, aTeam, cookieOf, type TestDesk } from '../../../../test/people.ts'
import { inTransaction } from '../../../platform/db/index.ts'
import { silentLog } from '../../../platform/log/log.ts'
import { installationRoutes } from '../index.ts'
import { scheduledSince, setSchedule } from './commands.ts'
import { addBackup, backupRows, changeBackup, oldScheduled } from './tables.ts'
import { backupTasks } from './work.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await aDesk({
    more: ({ app, database, access, folder }) =>
      installationRoutes(app, { db: database.db, rights: access.rights, dataDir: folder, keyOutside: false }),
  })
})
afterAll(() => desk.close())

const run = (name: string, backupId: string) => {
  const { database, clock, folder } = desk
  const parts = { db: database.db, url: database.url, log: silentLog(), nudges: { send: () => {} } }
  const more = { clock: () => clock.now, dataDir: folder, version: '0', invariants: [] }
  const task = backupTasks({ ...parts, ...more }).find(one => one.name === name)!
  return task.act({ backupId }, new AbortController().signal)
}
const rowOf = async (id: string) => (await backupRows(desk.database.db, id))[0]!
const asked = (by: string | null = null, at = desk.clock.now) =>
  inTransaction(desk.database.db, tx => addBackup(tx, by, at))

test('a backup is made, verified in a database of its own, found bad when it was touched, and never half there', async () => {
  const { db } = desk.database
  const boss = await aMember(desk, { administrator: true })
  const cookie = await cookieOf(desk, boss)
  await aConversation(desk, { team: await aTeam(desk) })
  const id = await asked(boss.personId)
  await run('make-backup', id)
  expect(await rowOf(id)).toMatchObject({ state: 'made', trouble: null, verifying: 'no' })
  // What is done already is done once.
  await run('make-backup', id)
  await changeBackup(db, id, { verifying: 'waiting' })
  await run('verify-backup', id)
  expect(await rowOf(id)).toMatchObject({ verifying: 'good', findings: [] })
  expect((await readdir(desk.folder)).filter(name => name.startsWith('verifying'))).toEqual([])

  const { backups } = (await ask(desk, 'GET', '/api/v1/backups', undefined, { cookie })).body
  expect(backups[0]).toMatchObject({ id, gone: false, askedBy: boss.name })
  expect(backups[0].command).toContain(`bin/pond restore '${backups[0].path}' --verify`)

  await writeFile(join(backups[0].path, 'tables', 'person.copy.gz'), 'somebody was here')
  await changeBackup(db, id, { verifying: 'waiting' })
  await run('verify-backup', id)
  expect(await rowOf(id)).toMatchObject({ verifying: 'bad', trouble: 'backup-problem' })
  expect((await rowOf(id)).findings[0]).toMatch(/person/)

  const remove = () => ask(desk, 'DELETE', `/api/v1/backups/${id}`, {}, { cookie })
  expect((await remove()).status).toBe(200)
  expect(await readdir(join(desk.folder, 'backups'))).toEqual([])
  expect((await remove()).status).toBe(404)
}, 60_000)

test('the schedule asks once a day, and keeps as many of its own as it was told', async () => {
  const { db } = desk.database
  const actor = { personId: (await aMember(desk)).personId } as never
  const at = (time: string) => new Date(`2026-11-24T${time}:00Z`)
  await inTransaction(db, tx => setSchedule(tx, actor, { hour: 3, keep: 2 }, at('00:00')))
  const since = (time: string) => scheduledSince(db, at(time))
  expect(await since('03:10')).toEqual(at('03:00'))
  expect(await since('23:50')).toEqual(at('03:00'))
  expect(await since('02:50')).toEqual(new Date('2026-11-23T03:00:00Z'))
  for (const day of ['20', '21', '22', '23']) {
    const id = await asked(null, new Date(`2026-11-${day}T03:00:00Z`))
    await changeBackup(db, id, { state: 'made' })
  }
  expect((await oldScheduled(db, 2)).map(({ askedAt }) => askedAt.getUTCDate())).toEqual([21, 20])
})
