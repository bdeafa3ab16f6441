/** `pond backup FOLDER`: while Pond runs or not. Says at its end what the folder holds. */
import { resolve } from 'node:path'
import { saveBackup } from '../platform/backup/index.ts'
import { withHouse } from './house.ts'
import { version } from './version.ts'

export async function backup(folder: string, options: { json?: boolean }): Promise<void> {
  await withHouse(async ({ config, url }) => {
    // Looked at as it is: a backup before an update must not be the update.
    const tell = options.json ? () => {} : (line: string) => console.log(line)
    const manifest = await saveBackup({ url, dataDir: config.dataDir, pond: version }, resolve(folder), tell)
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    const { count } = manifest.files
    const facts = {
      folder: resolve(folder),
      tables: manifest.tables.length,
      rows,
      files: count,
      madeAt: manifest.madeAt,
    }
    if (options.json) console.log(JSON.stringify(facts))
    else console.log(`\nSaved ${rows} rows of ${facts.tables} tables and ${count} files in ${facts.folder}`)
    if (config.key && !options.json)
      console.log('The installation key comes from POND_KEY and is not in the backup: keep it too.')
  })
}
