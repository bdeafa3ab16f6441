/** Where an article stands, who may read it, who keeps it right and when it is looked at again. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/knowledge.ts'
import { colleagues } from '../../contract/teams.ts'
import { Button, Choice, Time } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { ask, Problem, query } from '../api.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { OrganisationsField } from '../relationship/OrganisationsField.tsx'
import { useMe } from '../session/me.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { CategoryChoice } from './CategoryChoice.tsx'
import { haveNow } from './queries.ts'

const rhythms = [30, 90, 180, 365] as const

export function SettleForm({ article }: { article: contract.ArticleView }) {
  const me = useMe()
  const { data: people } = useQuery(query(colleagues, {}))
  const [it, setIt] = useState({
    categoryId: article.categoryId,
    audience: article.audience,
    organisations: article.organisations,
    ownerId: article.owner.id,
    reviewEveryDays: article.reviewEveryDays,
    reviewDueAt: article.reviewDueAt,
  })
  const [touched, setTouched] = useState(false)
  const set = (part: Partial<typeof it>) => {
    setIt(before => ({ ...before, ...part }))
    setTouched(true)
  }
  const settling = useMutation({
    mutationFn: () => {
      const { organisations, ...rest } = it
      return ask(contract.settleArticle, {
        articleId: article.id,
        ...rest,
        organisationIds: organisations.map(({ id }) => id),
      })
    },
    onSuccess: answer => {
      haveNow(answer)
      notice({ title: t('knowledge:settled') })
    },
  })
  const checking = async () => {
    try {
      haveNow(await ask(contract.checkArticle, { articleId: article.id }))
      notice({ title: t('knowledge:checked') })
    } catch (error) {
      noticeFailure(error)
    }
  }
  const problem = settling.error instanceof Problem ? settling.error : null
  const owners = [article.owner, { id: me.id, name: me.name }, ...(people?.colleagues ?? [])].filter(
    (each, at, all) => all.findIndex(other => other.id === each.id) === at,
  )
  const frozen = !article.may.write
  return (
    <form
      className="artsettle"
      aria-labelledby="art-place"
      onSubmit={event => {
        event.preventDefault()
        settling.mutate()
      }}
    >
      <h2 className="section" id="art-place">
        {t('knowledge:place')}
      </h2>
      <CategoryChoice
        disabled={frozen}
        value={it.categoryId}
        onChange={event => set({ categoryId: event.currentTarget.value })}
      />
      <Choice
        label={t('knowledge:forWhom')}
        disabled={frozen}
        help={t(`knowledge:audienceHelp.${it.audience}`)}
        value={it.audience}
        onChange={event => set({ audience: contract.Audience.parse(event.currentTarget.value) })}
      >
        {contract.audiences.map(audience => (
          <option key={audience} value={audience}>
            {t(`knowledge:audience.${audience}`)}
          </option>
        ))}
      </Choice>
      {it.audience === 'organisation' && (
        <OrganisationsField
          chosen={it.organisations}
          words={{ add: t('knowledge:organisation.add'), remove: t('knowledge:organisation.remove') }}
          onChange={organisations => set({ organisations })}
        />
      )}
      <Choice
        label={t('knowledge:owner')}
        disabled={frozen}
        help={t('knowledge:ownerHelp')}
        value={it.ownerId}
        onChange={event => set({ ownerId: event.currentTarget.value })}
      >
        {owners.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice
        label={t('knowledge:reviewEvery')}
        disabled={frozen}
        value={it.reviewEveryDays ?? ''}
        onChange={event => {
          const days = Number(event.currentTarget.value) || null
          const next = days ? new Date(Date.now() + days * 86_400_000).toISOString() : null
          set({ reviewEveryDays: days, reviewDueAt: it.reviewDueAt && days ? it.reviewDueAt : next })
        }}
      >
        <option value="">{t('knowledge:reviewNever')}</option>
        {[...new Set([...rhythms, ...(it.reviewEveryDays ? [it.reviewEveryDays] : [])])].map(days => (
          <option key={days} value={days}>
            {t('knowledge:everyDays', { count: days })}
          </option>
        ))}
      </Choice>
      <div className="artreview">
        <span className="small muted">{t('knowledge:reviewNext')}</span>{' '}
        <WhenField
          value={it.reviewDueAt}
          label={t('knowledge:reviewNext')}
          onChange={reviewDueAt => set({ reviewDueAt })}
        />
      </div>
      {article.checkedAt && (
        <p className="small muted">
          {t('knowledge:lastChecked')} <Time at={article.checkedAt} shown="relative" />
        </p>
      )}
      {problem && (
        <p className="wrong" role="alert">
          {problem.detail || problem.title}
        </p>
      )}
      {!frozen && (
        <div className="artacts">
          {touched && (
            <Button submit busy={settling.isPending}>
              {t('knowledge:settle')}
            </Button>
          )}
          {!touched && (
            <Button kind="quiet" onClick={() => void checking()}>
              {t('knowledge:check')}
            </Button>
          )}
        </div>
      )}
    </form>
  )
}
