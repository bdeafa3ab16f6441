/** A rule being written: what it asks, what then happens, and a try over past mail beside it. What was written stays until it is saved or left. */
import './sorting.css'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { changeRule, makeRule, type RuleView, rules } from '../../contract/rules.ts'
import { Button, Choice, Dialog, Field } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { Then } from './RuleThen.tsx'
import { When } from './RuleWhen.tsx'
import { actionsOf, type Choices, conditionsOf, draftOf, isWhole, type RuleDraft } from './ruleWords.ts'
import { TryRule } from './TryRule.tsx'

type Props = { rule: RuleView | null; choices: Choices; onClose: () => void }

export default function RuleDialog({ rule, choices, onClose }: Props) {
  const me = useMe()
  const [draft, setDraft] = useState(() => draftOf(rule, me.administrator ? null : (choices.teams[0]?.id ?? null)))
  const set = (part: Partial<RuleDraft>) => setDraft(before => ({ ...before, ...part }))
  const [choosing, choose] = useState(false)
  const saving = useMutation({
    mutationFn: () => {
      const said = {
        name: draft.name.trim(),
        stops: draft.stops,
        conditions: conditionsOf(draft),
        actions: actionsOf(draft),
      }
      return rule ? ask(changeRule, { ruleId: rule.id, ...said }) : ask(makeRule, { teamId: draft.teamId, ...said })
    },
    onSuccess: () => {
      notice({
        title: t('sorting:rules.saved', { name: draft.name.trim() }),
        detail: t('sorting:rules.savedNote'),
        ...(rule ? { onUndo: () => asBefore.mutate(rule) } : {}),
      })
      renew(cache, rules)
      onClose()
    },
  })
  const asBefore = useMutation({
    mutationFn: ({ id: ruleId, name, stops, conditions, actions }: RuleView) =>
      ask(changeRule, { ruleId, name, stops, conditions, actions }),
    onSuccess: () => renew(cache, rules),
    onError: error => noticeFailure(error),
  })
  const about = (path: string) => (saving.error instanceof Problem ? saving.error.about(path) : undefined)
  return (
    <Dialog
      title={t(rule ? 'sorting:edit.title' : 'sorting:edit.new')}
      // Browsers may send one Escape to both: it belongs to what lies on top.
      onClose={() => !choosing && onClose()}
      className="asks ruledialog"
    >
      <form
        className="ruleform"
        onSubmit={event => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <div className="pair">
          <Field
            label={t('sorting:edit.name')}
            required
            maxLength={100}
            placeholder={t('sorting:edit.nameExample')}
            value={draft.name}
            error={about('name')}
            onChange={event => set({ name: event.currentTarget.value })}
          />
          {!rule && (me.administrator || choices.teams.length > 1) && (
            <Choice
              label={t('sorting:edit.for')}
              value={draft.teamId ?? ''}
              onChange={event => set({ teamId: event.currentTarget.value || null, mailboxId: '', ownerId: '' })}
            >
              {me.administrator && <option value="">{t('sorting:edit.everywhere')}</option>}
              {choices.teams.map(({ id, name }) => (
                <option key={id} value={id}>
                  {t('sorting:edit.ofTeam', { team: name })}
                </option>
              ))}
            </Choice>
          )}
        </div>
        <When draft={draft} set={set} choices={choices} />
        <Then draft={draft} set={set} choices={choices} choosing={choosing} choose={choose} />
        <TryRule draft={draft} choices={choices} />
        <Refused error={saving.error} title={t('sorting:edit.failed')} safe={t('sorting:edit.safe')} />
        <p className="acts">
          <Button kind="primary" submit busy={saving.isPending} disabled={!isWhole(draft)}>
            {t('sorting:edit.save')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
