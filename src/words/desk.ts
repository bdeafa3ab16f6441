/** The parts of the catalogue that the desk shows. Refuses the words of mails: those stay on the server. */
import { addWords } from './catalogue.ts'
import asks from './en/asks.json' with { type: 'json' }
import compose from './en/compose.json' with { type: 'json' }
import conversation from './en/conversation.json' with { type: 'json' }
import desk from './en/desk.json' with { type: 'json' }
import forward from './en/forward.json' with { type: 'json' }
import inbox from './en/inbox.json' with { type: 'json' }
import marks from './en/marks.json' with { type: 'json' }
import notifications from './en/notifications.json' with { type: 'json' }
import offline from './en/offline.json' with { type: 'json' }
import options from './en/options.json' with { type: 'json' }
import originals from './en/originals.json' with { type: 'json' }
import reached from './en/reached.json' with { type: 'json' }
import search from './en/search.json' with { type: 'json' }
import security from './en/security.json' with { type: 'json' }
import session from './en/session.json' with { type: 'json' }
import sorting from './en/sorting.json' with { type: 'json' }
import structure from './en/structure.json' with { type: 'json' }
import subjects from './en/subjects.json' with { type: 'json' }
import today from './en/today.json' with { type: 'json' }
import views from './en/views.json' with { type: 'json' }

for (const [part, words] of Object.entries({
  asks,
  desk,
  forward,
  inbox,
  conversation,
  compose,
  marks,
  notifications,
  offline,
  options,
  originals,
  reached,
  search,
  security,
  session,
  sorting,
  structure,
  subjects,
  today,
  views,
})) {
  addWords('en', part, words)
}

export { t } from './catalogue.ts'
