/** How a practice went for those who tried it, and where one says it. */
import { randomUUIDv7 } from 'node:crypto'
import type { TryView } from '../../contract/community.ts'
import { dayOf } from '../frame/times.ts'
import type { Visit } from '../frame/visit.ts'
import type { Worked } from '../page/community.ts'
import { type Around, hiddenOf, push, type Typed } from './push.ts'
import { sayIn, writerOf } from './words.ts'

export function tryRow(visit: Visit, each: TryView, tells: boolean): Worked['rows'][number] {
  const say = sayIn(visit.language)
  const by = writerOf(visit, each.author, dayOf(new Date(each.at), visit.clock))
  return {
    ...{ name: by.name, of: by.ours ?? by.of, when: by.when, words: each.words },
    worked: tells ? say(each.worked ? 'tried.worked' : 'tried.not') : null,
  }
}

export function workedOf(it: Around, typed: Typed): Worked {
  const { visit, found, path } = it
  const { to, say: help } = visit
  const say = sayIn(visit.language)
  const { worked, notWorked, tries, mine } = found.topic.practice!
  const trouble = typed.wrong?.field === 'tried' ? typed.wrong.says : null
  return {
    title: worked > 0 ? say('tried.title', { count: worked }) : say('tried.nobody'),
    rows: tries.map(each => tryRow(visit, each, false)),
    more: worked + notWorked > 0 ? { label: say('tried.all'), address: to(`${path}/tries`) } : null,
    mine: mine
      ? {
          words: say(mine.worked ? 'tried.youSaid' : 'tried.youSaidNot'),
          push: push(it, 'untry', say('tried.takeBack'), {}),
        }
      : null,
    form:
      !mine && (found.topic.may.try || (!visit.customer && !found.topic.locked))
        ? {
            title: say('tried.have'),
            body: {
              action: to(path),
              hidden: hiddenOf(it, 'try', randomUUIDv7()),
              ...{ multipart: false, sticky: false, trap: null, beside: null },
              inputs: [
                {
                  ...{ is: 'long', name: 'tried', label: say('tried.different'), hint: null, trouble },
                  ...{ optional: help('optional'), value: typed.tried ?? '', rows: 2, most: 2000 },
                },
              ],
              buttons: [
                { label: say('tried.itWorked'), kind: 'primary', name: 'worked', value: 'yes' },
                { label: say('tried.itDidNot'), kind: 'second', name: 'worked', value: 'no' },
              ],
            },
          }
        : null,
  }
}
