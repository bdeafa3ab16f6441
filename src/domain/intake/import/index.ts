/** Bringing old mail in, as the command line and the wiring use it. */
export { importPath, type Report } from './import.ts'
export { mailboxForImport } from './mailbox.ts'
export { importRoutes } from './routes.ts'
export { importTasks } from './work.ts'
