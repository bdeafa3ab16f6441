/** Keeping in touch, as other slices use it: the budget of what is sent unasked, check-ins that are written, and the reader that keeps relationships. */
export { careSettingsOf, claimContact, mayContact } from './budget.ts'
export type { Claim, UnaskedKind } from './budget-rules.ts'
export { checkInByWriting } from './commands/check-in.ts'
export { careReader, readCare } from './reader.ts'
export { refresh as refreshRelationships } from './refresh.ts'
export { careRoutes } from './routes.ts'
