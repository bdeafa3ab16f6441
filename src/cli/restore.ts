/** `pond restore FOLDER [--verify]`: into an empty database and data folder. The exit code says whether everything is there. */
import { resolve } from 'node:path'
import { checkInvariants, checkRestored, loadBackup } from '../platform/backup/index.ts'
import { migrate } from '../platform/db/index.ts'
import { withHouse } from './house.ts'
import { invariants } from './invariants.ts'

export async function restore(folder: string, options: { verify?: boolean; json?: boolean }): Promise<void> {
  const from = resolve(folder)
  await withHouse(async ({ config, url }) => {
    const tell = options.json ? () => {} : (line: string) => console.log(line)
    const target = { url, dataDir: config.dataDir }
    const manifest = await loadBackup(from, target, tell)
    const findings = options.verify ? await checkRestored(target, from, manifest) : []
    await migrate(url)
    if (options.verify) findings.push(...(await checkInvariants(url, invariants)))
    if (options.verify) tell('\nReading everything again:')
    for (const { ok, line } of findings) tell(`${ok ? 'ok  ' : 'FAIL'} ${line}`)
    const wrong = findings.filter(finding => !finding.ok)
    if (wrong.length > 0) process.exitCode = 1
    if (options.json) {
      console.log(
        JSON.stringify({ restored: true, verified: options.verify ?? false, wrong: wrong.map(each => each.line) }),
      )
    } else if (wrong.length > 0) console.log(`\n${wrong.length} of ${findings.length} checks failed.`)
    else
      console.log(
        `\nRestored the backup of ${manifest.madeAt}${options.verify ? `; all ${findings.length} checks are fine` : ''}.`,
      )
  })
}
