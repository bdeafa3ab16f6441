/** The installation as administrators look after it: its look, how long things are kept, its backups, and who did what. */
import type { FastifyInstance } from 'fastify'
import type { Db } from '../../platform/db/index.ts'
import { inTransaction } from '../../platform/db/index.ts'
import type { Task } from '../../platform/jobs/index.ts'
import type { Rights } from '../access/index.ts'
import { auditRoutes } from './audit/routes.ts'
import { type BackupRoutesParts, backupRoutes } from './backups/routes.ts'
import { type BackupWork, backupTasks } from './backups/work.ts'
import { sweepLogos } from './look/commands.ts'
import { lookRoutes } from './look/routes.ts'
import { keepToRetention } from './retention/commands.ts'
import { retentionRoutes } from './retention/routes.ts'

export function installationRoutes(app: FastifyInstance, parts: BackupRoutesParts & { db: Db; rights: Rights }) {
  lookRoutes(app, parts)
  auditRoutes(app, parts)
  retentionRoutes(app, parts)
  backupRoutes(app, parts)
}

export function installationTasks(parts: BackupWork): Task[] {
  const { db, clock } = parts
  return [
    ...backupTasks(parts),
    {
      name: 'keep-to-retention',
      every: '57 2 * * *',
      catchUp: true,
      act: (_, signal) => keepToRetention(db, clock(), signal),
    },
    {
      name: 'sweep-logos',
      every: '7 3 * * *',
      catchUp: true,
      act: () => inTransaction(db, tx => sweepLogos(tx, clock())),
    },
  ]
}
