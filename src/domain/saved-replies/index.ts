/** Saved replies as the wiring uses them. */
export { savedRepliesOf } from './queries.ts'
export { savedReplyRoutes } from './routes.ts'
