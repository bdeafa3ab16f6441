/** What we have of one person: taken along, or erased. */
export { erasingRoutes } from './routes.ts'
