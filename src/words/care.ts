/** Words of keeping in touch and of goodwill: they come with their pages, and not with the first load. */
import { addWords } from './catalogue.ts'
import care from './en/care.json' with { type: 'json' }
import goodwill from './en/goodwill.json' with { type: 'json' }

addWords('en', 'care', care)
addWords('en', 'goodwill', goodwill)

export { t } from './catalogue.ts'
