/** Words about promises: they come with the pages that speak of them, and not with the first load. */
import { addWords } from './catalogue.ts'
import promises from './en/promises.json' with { type: 'json' }

addWords('en', 'promises', promises)

export { t } from './catalogue.ts'
