/** HTTP as the slices use it: endpoints served with a right, and refusals. */
export { closeHttp, createHttp, type HttpOptions } from './app.ts'
export { absent, Refusal } from './refusal.ts'
export { type Asked, type Registry, type Right, type Served, serve } from './serve.ts'
