/** Looks whether every file that a row names lies where it should, in a data folder or in a backup of one. Asks in pages, as there may be millions. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClientBase } from 'pg'

/** The names (SHA-256) of those that are missing or have another size. */
export async function missingFiles(client: ClientBase, folder: string): Promise<string[]> {
  const missing: string[] = []
  let after = ''
  for (;;) {
    const page = await client.query<{ hex: string; bytes: number }>(
      `select encode(sha256, 'hex') as hex, bytes from file where sha256 > decode($1, 'hex') order by sha256 limit 1000`,
      [after],
    )
    for (const { hex, bytes } of page.rows) {
      const found = await stat(join(folder, 'files', hex.slice(0, 2), hex.slice(2))).catch(() => undefined)
      if (found?.size !== Number(bytes)) missing.push(hex)
    }
    const last = page.rows.at(-1)
    if (!last) return missing
    after = last.hex
  }
}
