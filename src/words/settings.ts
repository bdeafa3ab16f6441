/** Words of the settings: they come with the first page of them, and not with the first load. */
import { addWords } from './catalogue.ts'
import savedReplies from './en/saved-replies.json' with { type: 'json' }
import settings from './en/settings.json' with { type: 'json' }

addWords('en', 'settings', settings)
addWords('en', 'saved-replies', savedReplies)
