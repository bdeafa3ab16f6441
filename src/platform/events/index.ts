/** The event log: recording, reading in commit order, following by cursor, and nudges. */
export { follow, readOnce } from './follow.ts'
export { type Nudges, startNudges } from './nudge.ts'
export {
  isBefore,
  type LogEvent,
  lastPosition,
  type Position,
  positionText,
  readAfter,
  readPosition,
  start,
} from './positions.ts'
export { type Happened, record } from './record.ts'
export { startRounds } from './rounds.ts'
export type { Reader } from './unread.ts'
