/** Processor seconds a process has used so far, and the memory of several: read from /proc, so on Linux only. */
import { readFileSync } from 'node:fs'

export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
