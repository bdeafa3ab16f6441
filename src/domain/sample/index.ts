/** The sample organisation, as the wiring uses it. No other slice knows of it. */
import './words.ts'

export { keepSample, type SampleParts } from './commands.ts'
export { sampleRoutes } from './routes.ts'
