/** Questions that come again, as the wiring uses them. */
export { questionRoutes } from './routes.ts'
export { startQuestions } from './start.ts'
