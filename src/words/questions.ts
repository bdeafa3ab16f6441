/** Words of the hints and of questions that come again: they come with what speaks of them, and not with the first load. */
import { addWords } from './catalogue.ts'
import kindness from './en/kindness.json' with { type: 'json' }
import questions from './en/questions.json' with { type: 'json' }

addWords('en', 'kindness', kindness)
addWords('en', 'questions', questions)

export { t } from './catalogue.ts'
