/** Intake: from a raw mail to a message, a report or a quarantined item. */
export { type Intake, startIntake } from './take-in.ts'
