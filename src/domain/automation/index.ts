/** Rules and giving out what is new, as other slices use them. */
export { loadsOf, type NamedLoad } from './assign.ts'
export { type Load, ownerOfNew } from './assign-rules.ts'
export { ruleRoutes } from './routes.ts'
export { type MailFacts, type Sorted, type Sorter, sorted, sorterOf } from './rules.ts'
export {
  activeRules,
  allowedNow,
  type Match,
  type SortingState,
  type SpamSettings,
  saveSpamSettings,
  sortingState,
  writeMatches,
} from './tables.ts'
