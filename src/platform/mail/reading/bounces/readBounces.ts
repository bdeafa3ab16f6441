/** Finds out which recipients a delivery report speaks of. */
import type { Part } from '../parts.ts'
import type { Head } from '../read.ts'
import type { Bounce } from '../reading.ts'

export function readBounces(_it: { raw: Buffer; root: Part; text: string; head: Head }): { bounces: Bounce[]; hasReportPart: boolean } {
  return { bounces: [], hasReportPart: false }
}
