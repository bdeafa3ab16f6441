/** Jobs: tasks that come round by the clock, and what is asked for in a transaction and done after it. */
export { addJob, startJobs, type Task } from './jobs.ts'
