/** Goodwill, as the wiring uses it. */
export { goodwillRoutes } from './routes.ts'
