/** The pond and Insight, as the wiring uses them. */
export { countAllAnew, countDue } from './counting.ts'
export { startInsight } from './reader.ts'
export { insightRoutes } from './routes.ts'
