/** The rules, in the order in which they are asked: what each asks and does, how often it fitted, and one button for each thing one does with it. */
import './sorting.css'
import { IconArrowDown, IconArrowsSplit2, IconArrowUp } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import {
  changeRule,
  moveRule,
  type RuleView,
  removeRule,
  restoreRule,
  ruleChoices,
  rules,
} from '../../contract/rules.ts'
import { Button, EmptyState, Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Row, Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { type Choices, thenWords, whenWords } from './ruleWords.ts'

const RuleDialog = lazy(() => import('./RuleDialog.tsx'))
export const choicesQuery = query(ruleChoices, {})

export function RulesPage() {
  const asked = useQuery(query(rules, {}))
  const choices = useQuery(choicesQuery)
  const [editing, edit] = useState<RuleView | 'new' | null>(null)
  const all = asked.data?.rules ?? []
  const scopes = [...new Set(all.map(rule => rule.teamId))]
  const make = (
    <Button kind="primary" onClick={() => edit('new')}>
      {t('sorting:rules.make')}
    </Button>
  )
  return (
    <Subject
      subject={t('subjects:rules.name')}
      title={t('sorting:rules.title')}
      lead={t('sorting:rules.lead')}
      act={all.length > 0 && make}
    >
      <Waits asked={asked} />
      {asked.isSuccess && all.length === 0 && (
        <div className="block">
          <EmptyState title={t('sorting:rules.none')} acts={make}>
            {t('sorting:rules.noneLead')}
          </EmptyState>
        </div>
      )}
      {scopes.map(teamId => (
        <Scope
          key={teamId ?? ''}
          teamId={teamId}
          rules={all.filter(rule => rule.teamId === teamId)}
          choices={choices.data}
          onEdit={edit}
        />
      ))}
      {editing && choices.data && (
        <Suspense>
          <RuleDialog rule={editing === 'new' ? null : editing} choices={choices.data} onClose={() => edit(null)} />
        </Suspense>
      )}
    </Subject>
  )
}

type ScopeProps = {
  teamId: string | null
  rules: RuleView[]
  choices: Choices | undefined
  onEdit: (rule: RuleView) => void
}

function Scope({ teamId, rules: ours, choices, onEdit }: ScopeProps) {
  const team = choices?.teams.find(({ id }) => id === teamId)?.name ?? ''
  return (
    <section className="rulescope">
      <h2 className="section">{teamId ? t('sorting:rules.ofTeam', { team }) : t('sorting:rules.everywhere')}</h2>
      <ol className="ledge" data-plain>
        {ours.map((rule, at) => (
          <Rule
            key={rule.id}
            rule={rule}
            first={at === 0}
            last={at === ours.length - 1}
            choices={choices}
            onEdit={() => onEdit(rule)}
          />
        ))}
      </ol>
    </section>
  )
}

type RuleProps = { rule: RuleView; first: boolean; last: boolean; choices: Choices | undefined; onEdit: () => void }

function Rule({ rule, first, last, choices, onEdit }: RuleProps) {
  const { language } = usePlace()
  const { id, name } = rule
  const settled = { onSettled: () => renew(cache, rules), onError: (error: Error) => noticeFailure(error) }
  const turning = useMutation({
    mutationFn: (enabled: boolean) => ask(changeRule, { ruleId: id, enabled }),
    ...settled,
  })
  const moving = useMutation({ mutationFn: (to: 'up' | 'down') => ask(moveRule, { ruleId: id, to }), ...settled })
  const restoring = useMutation({ mutationFn: () => ask(restoreRule, { ruleId: id }), ...settled })
  const removing = useMutation({
    mutationFn: () => ask(removeRule, { ruleId: id }),
    ...settled,
    onSuccess: () =>
      notice({
        title: t('sorting:rules.removed', { name }),
        until: Date.now() + 12_000,
        span: 12_000,
        onUndo: () => restoring.mutate(),
      }),
  })
  const enabled = turning.isPending ? turning.variables : rule.enabled
  return (
    <Row
      off={!enabled}
      icon={<IconArrowsSplit2 size={20} stroke={1.5} className="flips" aria-hidden="true" />}
      acts={
        <>
          <button
            type="button"
            className="icon"
            disabled={first || moving.isPending}
            aria-label={t('sorting:rules.upOf', { name })}
            title={t('sorting:rules.upOf', { name })}
            onClick={() => moving.mutate('up')}
          >
            <IconArrowUp size={18} stroke={1.6} aria-hidden="true" />
          </button>
          <button
            type="button"
            className="icon"
            disabled={last || moving.isPending}
            aria-label={t('sorting:rules.downOf', { name })}
            title={t('sorting:rules.downOf', { name })}
            onClick={() => moving.mutate('down')}
          >
            <IconArrowDown size={18} stroke={1.6} aria-hidden="true" />
          </button>
          <Tick
            toggle
            label={<span className="sr">{t('sorting:rules.onOf', { name })}</span>}
            checked={enabled}
            onChange={event => turning.mutate(event.currentTarget.checked)}
          />
          <Button aria-label={t('sorting:rules.changeOf', { name })} onClick={onEdit}>
            {t('sorting:rules.change')}
          </Button>
          <Button
            kind="quiet"
            busy={removing.isPending}
            aria-label={t('sorting:rules.removeOf', { name })}
            onClick={() => removing.mutate()}
          >
            {t('sorting:rules.remove')}
          </Button>
        </>
      }
    >
      <p className="w">
        <bdi>{name}</bdi>
      </p>
      <p className="small">{whenWords(rule.conditions, choices, language)}</p>
      <p className="small">
        <span aria-hidden="true" className="flips arrow">
          →
        </span>{' '}
        {thenWords(rule, choices, language)}
      </p>
      <p className="small muted">
        {!enabled && `${t('sorting:rules.off')} · `}
        {t('sorting:rules.matches', { count: rule.matches })}
        {rule.stops && ` · ${t('sorting:rules.stops')}`}
      </p>
      {rule.broken && <p className="small trouble">{t('sorting:rules.broken')}</p>}
    </Row>
  )
}
