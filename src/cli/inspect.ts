/** `pond mail inspect FILE`: how Pond reads a raw mail. Needs no database and keeps nothing. */
import { inspectFile, inspectionLines } from '../platform/mail/reading/inspect.ts'

export async function inspect(file: string, options: { json?: boolean }): Promise<void> {
  const found = await inspectFile(file)
  console.log(options.json ? JSON.stringify(found) : inspectionLines(found))
}
