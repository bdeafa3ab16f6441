/** Words of chat at the desk: they come with its pieces, and not with the first load. */
import { addWords } from './catalogue.ts'
import chat from './en/chat.json' with { type: 'json' }

addWords('en', 'chat', chat)

export { t } from './catalogue.ts'
