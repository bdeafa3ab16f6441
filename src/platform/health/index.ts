/** What outside watchers ask a running Pond. */
export type { Figure } from './figures.ts'
export { type Check, createHealth, isRecent } from './health.ts'
