/** Notifications: what members are told of, in the app, by mail and by push. What other parts may use. */
import './words.ts'

export { type NotificationParts, notificationRoutes } from './routes.ts'
export { startNotifications } from './start.ts'
export { sweepNotifications } from './tables.ts'
