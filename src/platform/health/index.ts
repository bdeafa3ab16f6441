/** What outside watchers ask a running Pond. */
export { type Check, createHealth, type Figure } from './health.ts'
