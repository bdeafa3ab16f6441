/** Adds a field, or changes its name and what it offers. Its kind and team stay what they were made. */
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { changeField, FieldAbout, FieldKind, type FieldView, fields, makeField } from '../../contract/fields.ts'
import { markNameOf, normalName } from '../../contract/tags.ts'
import { Button, Choice, Dialog, Field } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { teamsQuery } from '../mailboxes/queries.ts'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { notice } from '../shell/notices.ts'

type Offered = { key: number; id?: string; words: string }

export function FieldDialog({ field, onClose }: { field?: FieldView; onClose: () => void }) {
  const me = useMe()
  const teams = useQuery(teamsQuery)
  const led = (teams.data?.teams ?? []).filter(
    ({ id }) => me.administrator || me.teams.some(team => team.id === id && team.role === 'lead'),
  )
  const [name, setName] = useState(field?.name ?? '')
  const [kind, setKind] = useState<FieldKind>(field?.kind ?? 'text')
  const [about, setAbout] = useState<FieldAbout>(field?.about ?? 'conversation')
  const [teamId, setTeamId] = useState(field?.team?.id ?? '')
  const [offered, setOffered] = useState<Offered[]>(() => startOf(field))
  const chooses = kind === 'choice' || kind === 'choices'
  const choices = offered.filter(({ words }) => words.trim() !== '')
  const twice = new Set(choices.map(({ words }) => normalName(words))).size < choices.length
  const unreadable = choices.some(({ words }) => markNameOf(words) === null)
  const team = teamId || (me.administrator ? '' : (led[0]?.id ?? ''))
  const saving = useMutation({
    mutationFn: () => {
      const said = chooses ? choices.map(({ id, words }) => (id ? { id, words } : { words })) : []
      const archived = (field?.choices ?? []).filter(choice => choice.archived)
      return field
        ? ask(changeField, { fieldId: field.id, name, ...(chooses ? { choices: [...said, ...archived] } : {}) })
        : ask(makeField, {
            name,
            kind,
            about,
            choices: said,
            teamId: about !== 'conversation' || team === '' ? null : team,
          })
    },
    onSuccess: () => {
      renew(cache, fields)
      notice({ title: t(field ? 'desk:button.saved' : 'marks:settings.added', { name }) })
      onClose()
    },
  })
  const ready = markNameOf(name) !== null && (!chooses || (choices.length > 0 && !twice && !unreadable))
  return (
    <Dialog title={t(field ? 'marks:settings.changeField' : 'marks:settings.addField')} onClose={onClose}>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          if (ready) saving.mutate()
        }}
      >
        <Refused error={saving.error} title={t('marks:settings.notSaved')} />
        <Field
          label={t('marks:settings.fieldName')}
          required
          dir="auto"
          value={name}
          error={
            name.trim() !== '' && markNameOf(name) === null
              ? t([...name].length > 60 ? 'marks:settings.nameTooLong' : 'marks:tags.unreadable')
              : undefined
          }
          onChange={event => setName(event.currentTarget.value)}
        />
        {field ? (
          <p className="muted">
            {t(`marks:kind.${kind}`)} · {t(`marks:about.${field.about}`)}
            {field.about === 'conversation' && (
              <>
                {' · '}
                {field.team ? t('marks:settings.ofTeam', { team: field.team.name }) : t('marks:settings.ofAll')}
              </>
            )}
          </p>
        ) : (
          <div className="pair">
            <Choice
              label={t('marks:settings.kind')}
              value={kind}
              onChange={event => setKind(FieldKind.parse(event.currentTarget.value))}
            >
              {FieldKind.options.map(option => (
                <option key={option} value={option}>
                  {t(`marks:kind.${option}`)}
                </option>
              ))}
            </Choice>
            {me.administrator && (
              <Choice
                label={t('marks:settings.about')}
                value={about}
                onChange={event => setAbout(FieldAbout.parse(event.currentTarget.value))}
              >
                {FieldAbout.options.map(option => (
                  <option key={option} value={option}>
                    {t(`marks:about.${option}`)}
                  </option>
                ))}
              </Choice>
            )}
            {about === 'conversation' && (
              <Choice
                label={t('marks:settings.whose')}
                value={team}
                onChange={event => setTeamId(event.currentTarget.value)}
              >
                {me.administrator && <option value="">{t('marks:settings.ofAll')}</option>}
                {led.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Choice>
            )}
          </div>
        )}
        {!field && <p className="small muted">{t(`marks:kindHelp.${kind}`)}</p>}
        {chooses && <Choices offered={offered} onChange={setOffered} />}
        {twice && (
          <p className="wrong" role="alert">
            {t('marks:settings.choiceTwice')}
          </p>
        )}
        {unreadable && (
          <p className="wrong" role="alert">
            {t('marks:settings.choiceUnreadable')}
          </p>
        )}
        <p className="acts">
          <Button kind="primary" submit busy={saving.isPending} disabled={!ready}>
            {t(field ? 'desk:button.save' : 'marks:settings.addAct')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}

function startOf(field: FieldView | undefined): Offered[] {
  const there = (field?.choices ?? []).filter(choice => !choice.archived)
  return [...there.map(({ id, words }, key) => ({ key, id, words })), { key: there.length, words: '' }]
}

/** One line each; Enter goes on to the next, and there is always an empty one at the end. */
function Choices({ offered, onChange }: { offered: Offered[]; onChange: (next: Offered[]) => void }) {
  const list = useRef<HTMLFieldSetElement>(null)
  const withEmpty = (next: Offered[]) =>
    next.at(-1)?.words.trim() === '' && next.length > 0
      ? next
      : [...next, { key: 1 + Math.max(-1, ...next.map(({ key }) => key)), words: '' }]
  return (
    <fieldset className="choiceslist" ref={list}>
      <legend>{t('marks:settings.choices')}</legend>
      {offered.map(({ key, words }, at) => (
        <div key={key}>
          <input
            className="field"
            dir="auto"
            aria-label={t('marks:settings.choice', { number: at + 1 })}
            value={words}
            onChange={event =>
              onChange(
                withEmpty(offered.map(one => (one.key === key ? { ...one, words: event.currentTarget.value } : one))),
              )
            }
            onKeyDown={event => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing || words.trim() === '') return
              event.preventDefault()
              list.current?.querySelectorAll('input')[at + 1]?.focus()
            }}
          />
          {(words !== '' || at < offered.length - 1) && (
            <button
              type="button"
              className="icon"
              aria-label={t('marks:settings.takeOutChoice', { name: words })}
              onClick={() => {
                onChange(withEmpty(offered.filter(one => one.key !== key)))
                list.current?.querySelectorAll('input')[at]?.focus()
              }}
            >
              <IconX size={16} stroke={1.6} aria-hidden="true" />
            </button>
          )}
        </div>
      ))}
      <p className="help">{t('marks:settings.choicesHelp')}</p>
    </fieldset>
  )
}
