/** What routes of the installation's look, audit, retention and backups are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import sharp from 'sharp'
import { startingRetention } from '../../src/contract/keeping.ts'
import { aForm, nothing, type Row } from './rows.ts'
import type { World } from './world.ts'

const png = await sharp({ create: { width: 32, height: 32, channels: 3, background: 'teal' } })
  .png()
  .toBuffer()

async function aBackup(world: World) {
  const { pool } = world.desk.database
  await pool.query("update backup set state = 'removed'")
  const backupId = randomUUIDv7()
  await pool.query(`insert into backup (id, folder, asked_at, state, made_at) values ($1, $2, $3, 'made', $3)`, [
    backupId,
    backupId,
    world.desk.clock.now,
  ])
  return { backupId }
}

/** Jobs have their tables where jobs run: on this desk they do not, and what is refused is refused before. */
export async function withJobs(world: World) {
  await world.desk.database.pool.query(`create schema if not exists graphile_worker;
    create or replace function graphile_worker.add_job(identifier text, payload json default null, run_at timestamptz default null, job_key text default null, queue_name text default null)
      returns void language sql as 'select'`)
}

async function aLogo(world: World) {
  const logoId = randomUUIDv7()
  await world.desk.database.pool.query('insert into logo (id, png, small_png, made_at) values ($1, $2, $2, $3)', [
    logoId,
    png,
    world.desk.clock.now,
  ])
  return logoId
}

export const installationRows: Record<string, Row> = {
  'PUT /api/v1/look': { call: () => ({ say: { name: 'Lindqvist', accent: '#5b2a86', logoId: null } }) },
  'POST /api/v1/look/logo': {
    // A form is none of the pictures it takes: who is let in is what is tried.
    call: () => ({ form: aForm('x') }),
    status: () => 400,
    raw: true,
  },
  'GET /look/logo/:logoId/:size.png': {
    call: async world => ({ path: { logoId: await aLogo(world), 'size.png': 'large.png', size: 'large' } }),
    raw: true,
  },
  'GET /api/v1/audit': nothing,
  'GET /api/v1/audit/export': { call: () => ({ say: { about: 'sign-ins' } }), raw: true },
  'GET /api/v1/retention': nothing,
  'POST /api/v1/retention/preview': { call: () => ({ say: { ...startingRetention } }) },
  'PUT /api/v1/retention': { call: () => ({ say: { ...startingRetention } }) },
  'GET /api/v1/backups': nothing,
  'POST /api/v1/backups': {
    call: async world => {
      await withJobs(world)
      await world.desk.database.pool.query("update backup set state = 'removed'")
      return {}
    },
  },
  'POST /api/v1/backups/:backupId/verify': {
    call: async world => {
      await withJobs(world)
      return { path: await aBackup(world) }
    },
  },
  'DELETE /api/v1/backups/:backupId': { call: async world => ({ path: await aBackup(world) }) },
  'PUT /api/v1/backups/schedule': { call: () => ({ say: { hour: 3, keep: 7 } }) },
}
