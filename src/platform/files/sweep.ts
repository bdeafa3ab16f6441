/**
 * Takes away files that no row names. Refuses to touch one that was stored, or stored again, within the last day: its
 * row may still be on its way. A file is set aside first and looked at again before it goes, so that whoever stores the
 * same content at that moment either finds it young or writes it anew.
 */
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

export type Sweep = {
  folder: string
  /** Which of these hashes a row names. */
  named: (hashes: readonly Buffer[]) => Promise<ReadonlySet<string>>
  now: Date
  signal?: AbortSignal
}

const day = 86_400_000
const together = 1000
const aside = '.aside'

/** Returns how many files went. */
export async function sweepFiles(sweep: Sweep): Promise<number> {
  let gone = 0
  for (const shelf of await readdir(sweep.folder).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(shelf)) continue
    const names = await readdir(join(sweep.folder, shelf))
    for (let from = 0; from < names.length; from += together) {
      if (sweep.signal?.aborted) return gone
      gone += await sweepSome(sweep, shelf, names.slice(from, from + together))
    }
  }
  return gone
}

async function sweepSome(sweep: Sweep, shelf: string, names: string[]): Promise<number> {
  const old: { name: string; hash: string | null }[] = []
  for (const name of names) {
    // What a stopped sweep left aside, and drafts of processes that are gone, lie under names of their own.
    const hash = /^[0-9a-f]{62}(\.aside)?$/.test(name) ? shelf + name.slice(0, 62) : null
    if (name.endsWith(aside) || (await isOld(join(sweep.folder, shelf, name), sweep.now))) old.push({ name, hash })
  }
  const hashes = (list: typeof old) => list.flatMap(each => (each.hash ? [Buffer.from(each.hash, 'hex')] : []))
  if (old.length === 0) return 0
  const named = await sweep.named(hashes(old))
  let gone = 0
  for (const { name, hash } of old) {
    const path = join(sweep.folder, shelf, name)
    if (hash === null) await rm(path, { force: true })
    else if (!named.has(hash) || name.endsWith(aside)) gone += await take(sweep, path, hash)
  }
  return gone
}

async function take(sweep: Sweep, path: string, hash: string): Promise<number> {
  const home = path.endsWith(aside) ? path.slice(0, -aside.length) : path
  const waiting = `${home}${aside}`
  if (path === home) await rename(home, waiting)
  const wanted = !(await isOld(waiting, sweep.now)) || (await sweep.named([Buffer.from(hash, 'hex')])).has(hash)
  if (wanted) {
    await rename(waiting, home)
    return 0
  }
  await rm(waiting, { force: true })
  return 1
}

async function isOld(path: string, now: Date): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && now.getTime() - found.mtimeMs > day
}
