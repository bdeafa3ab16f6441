/** Words of the pond and of Insight: they come with those pages, and not with the first load. */
import { addWords } from './catalogue.ts'
import insight from './en/insight.json' with { type: 'json' }
import pond from './en/pond.json' with { type: 'json' }

addWords('en', 'pond', pond)
addWords('en', 'insight', insight)
