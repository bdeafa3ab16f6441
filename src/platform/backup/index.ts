/** Backup and restore of a whole installation, without any program of PostgreSQL. */
export { checkInvariants, checkRestored, type Finding, type Invariant } from './check.ts'
export { loadBackup } from './load.ts'
export { BackupProblem, type Manifest } from './manifest.ts'
export { saveBackup } from './save.ts'
