/** Files: content-addressed, synced before the row that names them. */
export { type Files, openFiles } from './files.ts'
