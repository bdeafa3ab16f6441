/** One saved reply: its name and shortcut, whose it is, its words in each language, and how they will read. */
import '../compose/compose.css'
import './saved-replies.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import * as contract from '../../contract/saved-replies.ts'
import { unknownVariables } from '../../contract/variables.ts'
import { Bones, Button, Choice, ErrorState, Field, ForbiddenState, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, type Input, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { saysNothing } from '../compose/draftChoice.ts'
import type { EditorHandle } from '../compose/Editor.tsx'
import { SavedPreview } from '../compose/editor/saved.tsx'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { exampleValues } from './exampleValues.ts'
import { Languages } from './Languages.tsx'
import { Lessons } from './Lessons.tsx'
import { savedRepliesQuery } from './SavedRepliesPage.tsx'
import { Variables } from './Variables.tsx'

const Editor = lazy(() => import('../compose/Editor.tsx'))
const route = getRouteApi('/desk/settings/saved-replies/$savedReplyId')
type Given = Omit<Input<typeof contract.makeSavedReply>, 'shortcut' | 'nextStep'> & {
  shortcut: string
  nextStep: contract.SavedReply['nextStep']
}

export function SavedReplyPage() {
  const { savedReplyId } = route.useParams()
  const asked = useQuery(savedRepliesQuery)
  const one = asked.data?.savedReplies.find(({ id }) => id === savedReplyId)
  const fresh = savedReplyId === 'new'
  return (
    <Subject
      subject={t('subjects:saved-replies.name')}
      title={fresh ? t('saved-replies:make') : (one?.name ?? t('subjects:saved-replies.name'))}
    >
      {!fresh && asked.isPending && <Bones shape="list" />}
      {!fresh && asked.isError && !asked.data && <ErrorState asked={asked} />}
      {!fresh && asked.isSuccess && !one && <ForbiddenState />}
      {one && <Lessons one={one} />}
      {(fresh || one) && <Form key={one?.id ?? 'new'} one={one ?? null} />}
    </Subject>
  )
}

function Form({ one }: { one: contract.SavedReply | null }) {
  const me = useMe()
  const place = usePlace()
  const navigate = useNavigate()
  const editor = useRef<EditorHandle>(null)
  const own = me.installation.language
  const [given, setGiven] = useState<Given>(() => ({
    name: one?.name ?? '',
    shortcut: one?.shortcut ?? '',
    whose: one?.whose ?? { is: 'mine' },
    nextStep: one?.nextStep ?? null,
    texts: one?.texts ?? [{ language: own, body: '' }],
  }))
  const [language, setLanguage] = useState(one?.texts[0]?.language ?? own)
  const set = (part: Partial<Given>) => setGiven(before => ({ ...before, ...part }))
  const text = given.texts.find(each => each.language === language) ?? given.texts[0]
  const unknown = given.texts.flatMap(each => unknownVariables(each.body))
  const saving = useMutation({
    mutationFn: () => {
      const change = { ...given, shortcut: given.shortcut.trim() || null }
      return one
        ? ask(contract.changeSavedReply, { savedReplyId: one.id, ...change })
        : ask(contract.makeSavedReply, change)
    },
    onSuccess: () => {
      renew(cache, contract.savedReplies)
      notice({
        title: t('saved-replies:saved', { name: given.name }),
        ...(one ? { onUndo: () => asBefore.mutate(one) } : {}),
      })
      void navigate({ to: '/settings/saved-replies' })
    },
  })
  const asBefore = useMutation({
    mutationFn: ({ id: savedReplyId, name, shortcut, whose, nextStep, texts }: contract.SavedReply) =>
      ask(contract.changeSavedReply, { savedReplyId, name, shortcut, whose, nextStep, texts }),
    onSuccess: () => renew(cache, contract.savedReplies),
    onError: error => noticeFailure(error),
  })
  const about = (path: string) => (saving.error instanceof Problem ? saving.error.about(path) : undefined)
  const readOnly = one !== null && !one.mayChange
  const values = exampleValues(me, place.language)
  const teams = me.teams.filter(({ role }) => role === 'lead' || me.administrator)
  const ready = given.name.trim() !== '' && given.texts.every(each => !saysNothing(each.body)) && unknown.length === 0
  const save = () => ready && !readOnly && !saving.isPending && saving.mutate()
  return (
    <form
      className="form wide savedform"
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <Refused error={saving.error} title={t('saved-replies:failed')} safe={t('saved-replies:safe')} />
      {readOnly && <p className="muted">{t('saved-replies:readOnly')}</p>}
      <fieldset disabled={readOnly} className="savedfields">
        <Field
          label={t('saved-replies:name')}
          required
          maxLength={100}
          dir="auto"
          value={given.name}
          onChange={event => set({ name: event.currentTarget.value })}
        />
        <Field
          label={t('saved-replies:shortcut')}
          help={t('saved-replies:shortcutHelp', {
            shortcut: given.shortcut.trim() || t('saved-replies:shortcutExample'),
          })}
          maxLength={30}
          value={given.shortcut}
          error={about('shortcut') ? t('saved-replies:shortcutTaken') : undefined}
          onChange={event => set({ shortcut: event.currentTarget.value.replace(/[\s/]/g, '').toLowerCase() })}
        />
        <Choice
          label={t('saved-replies:for')}
          value={given.whose.is === 'team' ? given.whose.teamId : given.whose.is}
          onChange={event => {
            const value = event.currentTarget.value
            set({ whose: value === 'mine' || value === 'everybody' ? { is: value } : { is: 'team', teamId: value } })
          }}
        >
          <option value="mine">{t('saved-replies:whose.mine')}</option>
          {given.whose.is === 'team' && !teams.some(({ id }) => id === (given.whose as { teamId: string }).teamId) && (
            <option value={given.whose.teamId}>{one?.teamName}</option>
          )}
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {(me.administrator || given.whose.is === 'everybody') && (
            <option value="everybody">{t('saved-replies:whose.everybody')}</option>
          )}
        </Choice>
        <Choice
          label={t('saved-replies:nextStep')}
          value={given.nextStep ?? ''}
          onChange={event => set({ nextStep: (event.currentTarget.value || null) as Given['nextStep'] })}
        >
          <option value="">{t('saved-replies:noStep')}</option>
          {contract.savedReplySteps.map(step => (
            <option key={step} value={step}>
              {t(`compose:step.${step}`)}
            </option>
          ))}
        </Choice>
      </fieldset>
      <Languages
        texts={given.texts}
        current={text?.language ?? own}
        disabled={readOnly}
        onCurrent={setLanguage}
        onTexts={texts => set({ texts })}
      />
      <div className="savedwords">
        <section className="composer" data-kind="reply" aria-label={t('saved-replies:words')}>
          <div className="writing">
            <Suspense fallback={<div className="body read waits" aria-busy="true" />}>
              <Editor
                key={text?.language}
                initial={text?.body ?? ''}
                label={t('saved-replies:words')}
                placeholder={t('saved-replies:placeholder')}
                lang={text?.language}
                variables
                frozen={readOnly}
                handle={editor}
                onChange={html =>
                  setGiven(before => ({
                    ...before,
                    texts: before.texts.map(each =>
                      each.language === text?.language ? { ...each, body: html } : each,
                    ),
                  }))
                }
                onSend={save}
                onLeave={() => {}}
                onFiles={() => notice({ title: t('saved-replies:noFiles') })}
                tools={<Variables editor={editor} />}
              />
            </Suspense>
          </div>
        </section>
        <section className="savedlook" aria-label={t('saved-replies:preview')}>
          <h2 className="section">{t('saved-replies:preview')}</h2>
          {saysNothing(text?.body ?? '') ? (
            <p className="muted">{t('saved-replies:previewEmpty')}</p>
          ) : (
            <SavedPreview html={text?.body ?? ''} language={text?.language ?? own} around={{ values: () => values }} />
          )}
          <p className="small muted">{t('saved-replies:previewNote', { name: values['customer.name'] })}</p>
        </section>
      </div>
      {unknown.length > 0 && (
        <p className="wrong" role="alert">
          {t('saved-replies:unknown', { names: unknown.join(', ') })}
        </p>
      )}
      {!readOnly && (
        <p className="acts">
          <Button kind="primary" submit busy={saving.isPending} disabled={!ready}>
            {t('desk:button.save')}
          </Button>
          <Button kind="quiet" onClick={() => void navigate({ to: '/settings/saved-replies' })}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      )}
    </form>
  )
}
