/** What we promised them and they promised us, side by side, with what became of it. Ranks nobody. */
import { Link } from '@tanstack/react-router'
import type { Exchange as Both } from '../../contract/relations.ts'
import { late, PromiseChip, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'

type Side = Both['ours']

export function Exchange({ exchange }: { exchange: Both }) {
  return (
    <section className="ex" aria-label={t('relationship:exchange.label')}>
      <Column side={exchange.ours} is="ours" />
      <Column side={exchange.theirs} is="theirs" />
    </section>
  )
}

function Column({ side, is }: { side: Side; is: 'ours' | 'theirs' }) {
  return (
    <div>
      <h2 className="section">{t(`relationship:exchange.${is}`)}</h2>
      {side.promises.length > 0 ? (
        <ul>
          {side.promises.map(promise => (
            <li key={promise.id}>
              {promise.conversationId ? (
                <Link
                  to="/conversations/$conversationId"
                  params={{ conversationId: promise.conversationId }}
                  search={{}}
                >
                  <PromiseChip promise={promise} bare />
                </Link>
              ) : (
                <PromiseChip promise={promise} bare />
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p className="none muted">{t(`relationship:exchange.none.${is}`)}</p>
      )}
      {side.more && <p className="small muted">{t('relationship:exchange.more')}</p>}
      {side.made > 0 && (
        <p className="small muted counts">
          <Counted side={side} />
        </p>
      )}
    </div>
  )
}

/** "23 of 24 kept since 2019. The last that broke: a filter, 9 days late, in February." */
function Counted({ side }: { side: Side }) {
  const now = useNow()
  const place = usePlace()
  const broken = side.lastBroken
  const at = (moment: string) => Date.parse(moment)
  const year = (moment: string) =>
    new Intl.DateTimeFormat(place.language, { year: 'numeric', timeZone: place.zone }).format(at(moment))
  const month = (moment: string) =>
    new Intl.DateTimeFormat(place.language, {
      month: 'long',
      ...(year(moment) === year(new Date(now).toISOString()) ? {} : { year: 'numeric' }),
      timeZone: place.zone,
    }).format(at(moment))
  return (
    <>
      {side.since
        ? t('relationship:exchange.keptSince', { kept: side.kept, made: side.made, year: year(side.since) })
        : t('relationship:exchange.kept', { kept: side.kept, made: side.made })}{' '}
      {broken?.endedAt &&
        (broken.state === 'kept-late'
          ? t('relationship:exchange.lastLate', {
              words: `\u2068${broken.words || t('relationship:exchange.answer')}\u2069`,
              late: late(at(broken.dueAt), at(broken.endedAt)),
              month: month(broken.endedAt),
            })
          : t('relationship:exchange.lastBroken', {
              words: `\u2068${broken.words || t('relationship:exchange.answer')}\u2069`,
              month: month(broken.endedAt),
            }))}
    </>
  )
}
