/** Tries a rule over past mail without changing anything: how many it would have fitted, and what would be otherwise. */
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { tryRule } from '../../contract/rules.ts'
import { Button, Choice, fullMoment, Time, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, type Output } from '../api.ts'
import { Refused } from '../session/Refused.tsx'
import { actionsOf, type Choices, conditionsOf, type RuleDraft } from './ruleWords.ts'

const sizes = [500, 2000, 5000]

export function TryRule({ draft, choices }: { draft: RuleDraft; choices: Choices }) {
  const [last, setLast] = useState(500)
  const asked = { teamId: draft.teamId, conditions: conditionsOf(draft), actions: actionsOf(draft), last }
  const key = JSON.stringify(asked)
  const trying = useMutation({ mutationFn: async () => ({ key, found: await ask(tryRule, asked) }) })
  // What was found belongs to what was asked.
  const found = trying.data?.key === key ? trying.data.found : null
  const { mailboxIds, to, from, words, language, hasAttachment } = asked.conditions
  const asks = mailboxIds.length + to.length + from.length + words.length > 0 || language || hasAttachment !== null
  return (
    <section className="tryrule">
      <h3 className="section">{t('sorting:try.title')}</h3>
      <p className="small muted">{t('sorting:try.note')}</p>
      <div className="acts">
        <Choice
          label={t('sorting:try.last')}
          hideLabel
          value={String(last)}
          onChange={event => setLast(Number(event.currentTarget.value))}
        >
          {sizes.map(count => (
            <option key={count} value={count}>
              {t('sorting:try.lastCount', { count: count.toLocaleString() })}
            </option>
          ))}
        </Choice>
        <Button disabled={!asks} busy={trying.isPending} onClick={() => trying.mutate()}>
          {t('sorting:try.act')}
        </Button>
      </div>
      <Refused error={trying.error} title={t('sorting:try.failed')} />
      <div role="status">
        {trying.isPending && <p className="small muted">{t('sorting:try.looking')}</p>}
        {found && <Found found={found} choices={choices} />}
      </div>
    </section>
  )
}

function Found({ found, choices }: { found: Output<typeof tryRule>; choices: Choices }) {
  const place = usePlace()
  const list = new Intl.ListFormat(place.language)
  if (found.looked === 0) return <p>{t('sorting:try.nothing')}</p>
  const more = found.matched - found.shown.length
  return (
    <>
      <p>
        <span className="strong">
          {t('sorting:try.found', { count: found.matched, looked: found.looked.toLocaleString(place.language) })}
        </span>{' '}
        {found.since && (
          <span className="small muted">
            {t('sorting:try.since', { date: fullMoment(Date.parse(found.since), place) })}
          </span>
        )}
      </p>
      {found.cut && <p className="small muted">{t('sorting:try.cut')}</p>}
      <ul className="tried">
        {found.shown.map(one => (
          <li key={one.id}>
            <Link
              to="/conversations/$conversationId"
              params={{ conversationId: String(one.number) }}
              search={{}}
              target="_blank"
              className="cut"
              dir="auto"
            >
              {one.subject || t('inbox:noSubject')}
            </Link>
            <span className="small muted cut">
              <bdi>{one.customer.name}</bdi> · {choices.teams.find(({ id }) => id === one.teamId)?.name}{' '}
              <Time at={one.at} shown="short" />
            </span>
            <span className="small">
              {one.changes.length === 0
                ? t('sorting:try.same')
                : list.format(one.changes.map(change => t(`sorting:try.change.${change}`)))}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="small muted">{t('sorting:try.more', { count: more })}</p>}
    </>
  )
}
