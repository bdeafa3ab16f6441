/** Saved views, as the wiring uses them. */
export { viewRoutes } from './routes.ts'
