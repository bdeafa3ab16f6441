/** Customers as people who come to us: how they sign in, what they may see, and who is there for them. */
export { type Customers, createCustomers } from './customers.ts'
export { type Day, type Presence, presence } from './presence.ts'
export { customerRoutes } from './routes.ts'
export { nextOf } from './rules.ts'
export { type Customer, type SessionView, sessionsOf, sweepCustomers } from './sessions.ts'
export { portalSettingsIn, setPortal } from './settings.ts'
export { askSignIn, endMine, linkFor, mailLink, signInBy } from './sign-in.ts'
export { waitingFor } from './waiting.ts'
