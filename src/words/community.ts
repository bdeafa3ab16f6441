/** Words of the community at the desk: they come with those pages, and not with the first load. */
import { addWords } from './catalogue.ts'
import community from './en/community.json' with { type: 'json' }

addWords('en', 'community', community)

export { t } from './catalogue.ts'
