/** Tags and fields as other slices and the wiring use them. */
export { findOrMakeTags } from './commands/tags.ts'
export { fieldFor, fieldOf, fieldsAbout } from './queries/fields.ts'
export { markRoutes } from './routes.ts'
export { type Judged, judge } from './rules.ts'
