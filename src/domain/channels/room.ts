/** Is there room for more mail? Below the mark nothing is fetched or accepted, so that mail stays where it is safe. */
import type { Files } from '../../platform/files/index.ts'

const mark = 256 * 1024 * 1024
/** Going on a little above the mark, so that it does not flicker. */
const enoughAgain = 320 * 1024 * 1024
const holdsMs = 2000

export type NoRoom = () => Promise<{ code: string; detail: string } | null>

export function roomOn(files: Pick<Files, 'room'>): NoRoom {
  let full = false
  let known: { left: number; until: number } | null = null
  return async () => {
    if (known === null || known.until < Date.now()) known = { left: await files.room(), until: Date.now() + holdsMs }
    full = known.left < (full ? enoughAgain : mark)
    return full ? { code: 'disk-full', detail: `${Math.floor(known.left / 1024 / 1024)} MB` } : null
  }
}
