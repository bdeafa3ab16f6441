/** Words of the pages of people and organisations: they come with those pages, and not with the first load. */
import { addWords } from './catalogue.ts'
import relationship from './en/relationship.json' with { type: 'json' }

addWords('en', 'relationship', relationship)

export { t } from './desk.ts'
