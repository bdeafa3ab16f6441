/** Saved replies as the wiring uses them. */
export { savedReplyRoutes } from './routes.ts'
