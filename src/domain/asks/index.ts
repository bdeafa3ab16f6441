/** Asks as other slices use them. */
import './words.ts'

export { type AnswerMail, askBounced, asksByReference, asksSigned, type ToAsk, takeAnswer } from './arrival.ts'
export { nameTimeOutside } from './commands/write.ts'
export { type AskOutside, askOutside } from './outside.ts'
export { type AskParts, askRoutes } from './routes.ts'
export { startAsks } from './start.ts'
