/** Questions that come again, as the wiring uses them. */
export { type HeldBackKind, heldBackFrom } from './held-back.ts'
export { questionRoutes } from './routes.ts'
export { startQuestions } from './start.ts'
