/** Words of the settings of the pages outside: they come with those pages, and not with the first load. */
import { addWords } from './catalogue.ts'
import portal from './en/portal.json' with { type: 'json' }

addWords('en', 'portal', portal)
