/** `pond link`: prints a one-time sign-in link on the machine itself. Whoever can run it owns the installation's files anyway. */
import { issueFirstAdministratorLink, issueLinkForLockedOut } from '../domain/access/index.ts'
import { createDb, createPool, inTransaction, migrate } from '../platform/db/index.ts'
import { withHouse } from './house.ts'
import { readRun } from './running-now.ts'

export async function link(options: { first?: boolean; for?: string }): Promise<void> {
  await withHouse(async ({ config, url, log }) => {
    await migrate(url)
    const pool = createPool({ url, log, connections: 2 })
    // A running Pond may have had to take another port than the configured one.
    const baseUrl = new URL(
      process.env.BASE_URL ? config.baseUrl : (readRun(config.dataDir)?.address ?? config.baseUrl),
    )
    try {
      const made = await inTransaction(createDb(pool), async tx =>
        options.for
          ? issueLinkForLockedOut(tx, options.for, baseUrl, new Date())
          : issueFirstAdministratorLink(tx, baseUrl, new Date()),
      )
      if (made) console.log(made)
      else if (!options.first) {
        console.error('There is an administrator already. For one who is locked out: bin/pond link --for ADDRESS')
        process.exitCode = 1
      }
    } finally {
      await pool.end()
    }
  })
}
