/** Jobs: asked for in a transaction, done after it; and tasks that come round by the clock. */
export { addJob, type Jobs, startJobs, type Task } from './jobs.ts'
