/** Asks as other slices use them. */
import './words.ts'

export { type AnswerMail, askBounced, asksByReference, asksSigned, type ToAsk, takeAnswer } from './arrival.ts'
export { type AskParts, askRoutes } from './routes.ts'
export { startAsks } from './start.ts'
