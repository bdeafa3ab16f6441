/** Spam and blocked senders, as other slices use them. */
export { domainOf, namesOf } from './block-rules.ts'
export { block } from './commands.ts'
export { spamRoutes } from './routes.ts'
export { needed, type Score, scoreOf, thresholds } from './rules.ts'
export { type Blocked, blockedAmong, knownPeople, seenOf, type Verdict, writeVerdicts } from './tables.ts'
export { learnFromAnswered, teach } from './teach.ts'
export { type Piece, piecesOf } from './token-rules.ts'
