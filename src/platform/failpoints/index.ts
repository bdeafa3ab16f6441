/** Moments at which tests end, break or stop a process. */
export { failpoint, failpoints, timesPassed } from './failpoints.ts'
export { withFailpoint } from './statements.ts'
