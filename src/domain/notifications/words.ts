/** The words notifications add to the catalogue: why something was refused. What is told stands with the mails. */
import { addWords } from '../../words/catalogue.ts'
import words from '../../words/en/notifications-server.json' with { type: 'json' }

addWords('en', 'refusal', words.refusal)
