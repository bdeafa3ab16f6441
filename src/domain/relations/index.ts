/** Relationships as other slices and the wiring use them. */
export { startDomains } from './reader.ts'
export { relationRoutes } from './routes.ts'
