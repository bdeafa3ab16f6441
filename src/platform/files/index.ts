/** Files: content-addressed, synced before the row that names them. */
export { type Files, openFiles } from './files.ts'
export { type Sweep, sweepFiles } from './sweep.ts'
export { type ZipOut, zipOut } from './zip-out.ts'
