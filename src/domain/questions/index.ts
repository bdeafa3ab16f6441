/** Questions that come again, as the wiring uses them. */
export { questionReader } from './reader.ts'
export { questionRoutes } from './routes.ts'
export { questionTasks } from './sorting.ts'
