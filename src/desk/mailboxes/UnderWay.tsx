/** How far old mail is that was sent: read here by a job that goes on without this page; and what was brought lately. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type ImportView, imports } from '../../contract/mailboxes.ts'
import { Time } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { type Output, query } from '../api.ts'
import { cache } from '../cache.ts'

const goesOn = ({ state }: ImportView) => state === 'waiting' || state === 'running'
export const importsQuery = {
  ...query(imports, {}),
  refetchInterval: ({ state }: { state: { data?: Output<typeof imports> | undefined } }) =>
    state.data?.imports.some(goesOn) ? 1000 : (false as const),
}
const troubles = ['disk-full', 'gone', 'left', 'not-sent', 'broken'] as const
const troubleOf = (known: string | null) => troubles.find(each => each === known) ?? 'broken'

/** Of one that was just sent this says nothing: it is told where it was chosen. */
export function UnderWay({ but }: { but: string | undefined }) {
  const all = (useQuery(importsQuery).data?.imports ?? []).filter(({ id }) => id !== but)
  const going = all.filter(goesOn)
  const ended = all.filter(each => each.endedAt !== null).slice(0, 3)
  // What comes in stands in lists that are open somewhere: they are read again when an import ends.
  const lastEnd = ended[0]?.endedAt
  useEffect(() => {
    if (lastEnd) void cache.invalidateQueries({ predicate: asked => asked.queryHash !== importsQuery.queryHash })
  }, [lastEnd])
  return (
    <>
      {going.map(each => (
        <div key={each.id} className="bringing">
          <p className="strong">{t('settings:import.underWay', { address: each.address })}</p>
          <HowFar view={each} />
        </div>
      ))}
      {ended.length > 0 && (
        <div className="brought">
          <h3 className="small strong">{t('settings:import.before')}</h3>
          <ul className="small muted">
            {ended.map(each => (
              <li key={each.id}>
                {each.state === 'failed'
                  ? t('settings:import.stopped', { address: each.address })
                  : t('settings:import.brought', { count: each.mails, address: each.address })}{' '}
                · <Time at={each.endedAt ?? each.askedAt} />
                {each.state === 'failed' && <p>{t(`settings:import.trouble.${troubleOf(each.trouble)}`)}</p>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

/** Not read out each second: its end is. */
export function HowFar({ view }: { view: ImportView }) {
  return (
    <div>
      <progress max={view.bytes || 1} value={view.bytesRead} aria-label={t('settings:import.howFar')} />
      <p className="small muted">
        {view.state === 'waiting' ? t('settings:import.waits') : t('settings:import.reading', { count: view.mails })}
      </p>
    </div>
  )
}

export function WhyNot({ view }: { view: ImportView }) {
  return <>{t(`settings:import.trouble.${troubleOf(view.trouble)}`)}</>
}
