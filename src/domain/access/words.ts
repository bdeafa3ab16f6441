/** The words access adds to the catalogue: why something was refused, and the names of what the first administrator finds. */
import { addWords } from '../../words/catalogue.ts'
import words from '../../words/en/access.json' with { type: 'json' }

addWords('en', 'access', words.access)
addWords('en', 'refusal', words.refusal)

export { t } from '../../words/catalogue.ts'
