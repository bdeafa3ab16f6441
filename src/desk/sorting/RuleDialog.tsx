/** A rule being written: what it asks, what then happens, and a try over past mail beside it. What was written stays until it is saved or left. */
import './sorting.css'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { changeRule, makeRule, type RuleView, rules } from '../../contract/rules.ts'
import { makeTag, type TagRef } from '../../contract/tags.ts'
import { Area, Button, Choice, Dialog, Field, Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { priorities, priorityWord } from '../marks/Priority.tsx'
import { TagChip } from '../marks/TagChip.tsx'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import {
  actionsOf,
  type Choices,
  conditionsOf,
  draftOf,
  isWhole,
  languageName,
  languages,
  type RuleDraft,
} from './ruleWords.ts'
import { TryRule } from './TryRule.tsx'

const TagPicker = lazy(() => import('../marks/TagPicker.tsx').then(it => ({ default: it.TagPicker })))

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

type PartProps = { draft: RuleDraft; set: (part: Partial<RuleDraft>) => void; choices: Choices }

function When({ draft, set, choices }: PartProps) {
  const { language } = usePlace()
  const mailboxes = choices.mailboxes.filter(({ teamId }) => !draft.teamId || teamId === draft.teamId)
  const rows = (text: string) => Math.min(6, Math.max(1, text.split('\n').length))
  return (
    <fieldset>
      <legend className="section">{t('sorting:edit.when')}</legend>
      <p className="small muted">{t('sorting:edit.whenHelp')}</p>
      <div className="pair">
        <Area
          label={t('sorting:edit.from')}
          help={t('sorting:edit.fromHelp')}
          rows={rows(draft.from)}
          value={draft.from}
          onChange={event => set({ from: event.currentTarget.value })}
        />
        <Area
          label={t('sorting:edit.words')}
          help={t('sorting:edit.wordsHelp')}
          rows={rows(draft.words)}
          value={draft.words}
          aside={
            <select
              className="inline small"
              aria-label={t('sorting:edit.wordsIn')}
              value={draft.wordsIn}
              onChange={event => set({ wordsIn: event.currentTarget.value as RuleDraft['wordsIn'] })}
            >
              {(['both', 'subject', 'body'] as const).map(where => (
                <option key={where} value={where}>
                  {t(`sorting:edit.in.${where}`)}
                </option>
              ))}
            </select>
          }
          onChange={event => set({ words: event.currentTarget.value })}
        />
        <Choice
          label={t('sorting:edit.through')}
          value={draft.mailboxId}
          onChange={event => set({ mailboxId: event.currentTarget.value })}
        >
          <option value="">{t('sorting:edit.anyMailbox')}</option>
          {mailboxes.map(({ id, address }) => (
            <option key={id} value={id}>
              {address}
            </option>
          ))}
        </Choice>
        <Area
          label={t('sorting:edit.to')}
          help={t('sorting:edit.toHelp')}
          rows={rows(draft.to)}
          value={draft.to}
          onChange={event => set({ to: event.currentTarget.value })}
        />
        <Choice
          label={t('sorting:edit.language')}
          value={draft.language}
          onChange={event => set({ language: event.currentTarget.value })}
        >
          <option value="">{t('sorting:edit.anyLanguage')}</option>
          {[...new Set([...languages, ...(draft.language ? [draft.language] : [])])].map(code => (
            <option key={code} value={code}>
              {languageName(code, language)}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('sorting:edit.attachment')}
          value={draft.attachment}
          onChange={event => set({ attachment: event.currentTarget.value as RuleDraft['attachment'] })}
        >
          <option value="">{t('sorting:edit.anyAttachment')}</option>
          <option value="with">{t('sorting:edit.withAttachment')}</option>
          <option value="without">{t('sorting:edit.withoutAttachment')}</option>
        </Choice>
      </div>
    </fieldset>
  )
}

type ThenProps = PartProps & { choosing: boolean; choose: (choosing: boolean) => void }

function Then({ draft, set, choices, choosing, choose }: ThenProps) {
  const place = draft.moveTo || draft.teamId
  const members = choices.teams
    .filter(({ id }) => !place || id === place)
    .flatMap(({ members }) => members)
    .filter((one, at, all) => all.findIndex(({ id }) => id === one.id) === at)
    .sort((a, b) => a.name.localeCompare(b.name))
  const put = (tag: TagRef) => set({ tags: [...draft.tags.filter(({ id }) => id !== tag.id), tag] })
  const making = useMutation({
    mutationFn: (name: string) => ask(makeTag, { name }),
    onSuccess: ({ tag }) => put(tag),
    onError: error => noticeFailure(error),
  })
  return (
    <fieldset>
      <legend className="section">{t('sorting:edit.then')}</legend>
      <div className="pair">
        <Choice
          label={t('sorting:edit.team')}
          value={draft.moveTo}
          onChange={event => set({ moveTo: event.currentTarget.value, ownerId: '' })}
        >
          <option value="">{t('sorting:edit.sameTeam')}</option>
          {choices.teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('sorting:edit.owner')}
          value={draft.ownerId}
          disabled={draft.aside}
          onChange={event => set({ ownerId: event.currentTarget.value })}
        >
          <option value="">{t('sorting:edit.noOwner')}</option>
          {members.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
        <div className="labelled">
          <div className="top">
            <span className="label">{t('sorting:edit.tags')}</span>
          </div>
          <p className="ruletags">
            {draft.tags.map(tag => (
              <TagChip
                key={tag.id}
                tag={tag}
                onTakeOff={() => set({ tags: draft.tags.filter(({ id }) => id !== tag.id) })}
              />
            ))}
            <button type="button" className="link" onClick={() => choose(true)}>
              {t('sorting:edit.chooseTags')}
            </button>
          </p>
        </div>
        <Choice
          label={t('sorting:edit.priority')}
          value={draft.priority}
          onChange={event => set({ priority: event.currentTarget.value })}
        >
          <option value="">{t('sorting:edit.noPriority')}</option>
          {priorities.map(priority => (
            <option key={priority} value={priority}>
              {priorityWord(priority)}
            </option>
          ))}
        </Choice>
      </div>
      <Tick
        label={t('sorting:edit.aside')}
        help={t('sorting:edit.asideHelp')}
        checked={draft.aside}
        onChange={event => set({ aside: event.currentTarget.checked, ownerId: '' })}
      />
      <Tick
        label={t('sorting:edit.stops')}
        checked={draft.stops}
        onChange={event => set({ stops: event.currentTarget.checked })}
      />
      {choosing && (
        <Suspense>
          <TagPicker
            title={t('sorting:edit.tags')}
            chosen={draft.tags}
            onPut={put}
            onTakeOff={tag => set({ tags: draft.tags.filter(({ id }) => id !== tag.id) })}
            onMake={name => making.mutate(name)}
            onClose={() => choose(false)}
          />
        </Suspense>
      )}
    </fieldset>
  )
}
