/** The words the sample adds to the catalogue. What its people say is no catalogue word and stands in story/. */
import { addWords } from '../../words/catalogue.ts'
import words from '../../words/en/sample.json' with { type: 'json' }

addWords('en', 'refusal', words.refusal)
