/** Keeping in touch, as other slices use it: the budget of what is sent unasked. */
export { careSettingsOf, claimContact, mayContact } from './budget.ts'
export type { Claim, UnaskedKind } from './budget-rules.ts'
