/** Live updates over server-sent events. */
export { endSoon } from './ending.ts'
export { type Hub, type Sight, startHub } from './hub.ts'
export { liveRoute } from './route.ts'
