/** The promise ledger as other slices use it. */
export { startClock } from './clock.ts'
export { type Moves, type NewPromise, nextDue, noMoves, type OpenPromise } from './ledger.ts'
export { organisationTarget } from './organisation-target.ts'
export { type EndedHow, stateOf } from './state.ts'
export {
  calendarsOf,
  type Entry,
  explain,
  openPromisesOf,
  passAsksOn,
  passCheckInsOn,
  passOn,
  rollPromises,
  undoMoves,
  writeMoves,
} from './tables.ts'
export { type Targets, targetOf } from './target.ts'
export { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from './views.ts'
export {
  afterDays,
  afterWorkingMinutes,
  closesAt,
  daysToMonday,
  opensAfter,
  type WorkingCalendar,
} from './working-time.ts'
