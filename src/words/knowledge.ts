/** Words of knowledge at the desk: they come with those pages, and not with the first load. */
import { addWords } from './catalogue.ts'
import knowledge from './en/knowledge.json' with { type: 'json' }

addWords('en', 'knowledge', knowledge)

export { t } from './catalogue.ts'
