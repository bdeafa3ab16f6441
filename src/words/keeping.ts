/** Words of pages that administrators open now and then: they come with those pages, and not with the first load. */
import { addWords } from './catalogue.ts'
import audit from './en/audit.json' with { type: 'json' }
import keeping from './en/keeping.json' with { type: 'json' }

addWords('en', 'audit', audit)
addWords('en', 'keeping', keeping)
