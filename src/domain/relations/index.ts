/** Relationships as other slices and the wiring use them. */
export { isInSight, isOwn, reached, seesWhole } from './queries/outsider.ts'
export { startDomains } from './reader.ts'
export { relationRoutes } from './routes.ts'
