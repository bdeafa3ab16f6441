/** Saved replies as the wiring uses them. */
export { learn, rememberUse } from './lessons.ts'
export { savedRepliesOf } from './queries.ts'
export { savedReplyRoutes } from './routes.ts'
