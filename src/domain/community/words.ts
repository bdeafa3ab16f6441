/** The words the community adds on the server: why something was refused. Those of its mails stand beside them (words/community-mail.ts). */
import { addWords } from '../../words/catalogue.ts'
import en from '../../words/en/community-server.json' with { type: 'json' }

addWords('en', 'refusal', en.refusal)
