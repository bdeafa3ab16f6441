/** One page of our own: its words in each language, its address, where a link leads to it, and whether customers see it. */
import '../../words/portal.ts'
import '../../words/knowledge.ts'
import '../knowledge/article.css'
import '../saved-replies/saved-replies.css'
import './portal.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import * as contract from '../../contract/help-pages.ts'
import { Bones, Button, ErrorState, Field, ForbiddenState, Tick } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { directionOf } from '../../words/languages.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { saysNothing } from '../compose/draftChoice.ts'
import { Languages } from '../saved-replies/Languages.tsx'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { Radios } from '../settings/Radios.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { asSaved, helpPagesQuery } from './OwnPages.tsx'

const ArticleEditor = lazy(() => import('../knowledge/editor/ArticleEditor.tsx'))
const route = getRouteApi('/desk/settings/portal/pages/$pageId')
const places: contract.HelpPagePlace[] = ['foot', 'head', 'nowhere']

export function OwnPage() {
  const { pageId } = route.useParams()
  const asked = useQuery(helpPagesQuery)
  const fresh = pageId === 'new'
  const one = asked.data?.pages.find(({ id }) => id === pageId) ?? null
  return (
    <Subject
      subject={t('subjects:portal.name')}
      title={fresh ? t('portal:writePage') : (one?.texts[0]?.title ?? t('portal:pages'))}
    >
      {!fresh && asked.isPending && <Bones shape="list" />}
      {!fresh && asked.isError && !asked.data && <ErrorState asked={asked} />}
      {!fresh && asked.isSuccess && !one && <ForbiddenState />}
      {(fresh || one) && <Form key={one ? `${one.id} ${one.revision}` : 'new'} one={one} />}
    </Subject>
  )
}

function Form({ one }: { one: contract.HelpPage | null }) {
  const me = useMe()
  const navigate = useNavigate()
  const own = me.installation.language
  const [given, setGiven] = useState<Omit<contract.HelpPage, 'path' | 'changedAt'>>(
    () =>
      one ?? {
        ...{ id: crypto.randomUUID(), slug: '', place: 'foot', published: false, revision: 0 },
        texts: [{ language: own, title: '', body: '' }],
      },
  )
  const [language, setLanguage] = useState(given.texts[0]?.language ?? own)
  const set = (part: Partial<typeof given>) => setGiven(before => ({ ...before, ...part }))
  const text = given.texts.find(each => each.language === language) ?? given.texts[0]!
  const change = (part: { title?: string; body?: string }) =>
    setGiven(before => ({
      ...before,
      texts: before.texts.map(each => (each.language === text.language ? { ...each, ...part } : each)),
    }))
  const asBefore = useMutation({
    mutationFn: ({ page, seen }: { page: contract.HelpPage; seen: number }) =>
      ask(contract.saveHelpPage, asSaved(page, seen)),
    onSuccess: () => renew(cache, contract.helpPages),
    onError: error => noticeFailure(error),
  })
  const saving = useMutation({
    mutationFn: () => ask(contract.saveHelpPage, asSaved({ ...given, path: '', changedAt: '' }, given.revision)),
    onSuccess: ({ page }) => {
      renew(cache, contract.helpPages)
      notice({
        title: t('portal:saved'),
        ...(one ? { onUndo: () => asBefore.mutate({ page: one, seen: page.revision }) } : {}),
      })
      void navigate({ to: '/settings/portal' })
    },
  })
  const ready = given.texts.every(each => each.title.trim() !== '' && !saysNothing(each.body))
  const save = () => ready && !saving.isPending && saving.mutate()
  const rightToLeft = directionOf(text.language) === 'rtl'
  return (
    <form
      className="form wide ownpage"
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <Refused error={saving.error} title={t('portal:failed')} />
      <Languages
        texts={given.texts}
        current={text.language}
        disabled={false}
        onCurrent={setLanguage}
        onTexts={texts =>
          set({
            texts: texts.map(each => given.texts.find(was => was.language === each.language) ?? { title: '', ...each }),
          })
        }
      />
      <Field
        required
        label={t('portal:pageTitle')}
        maxLength={100}
        lang={text.language}
        dir="auto"
        value={text.title}
        onChange={event => change({ title: event.currentTarget.value })}
      />
      <section className="composer artsheet" aria-label={t('portal:pageWords')}>
        <Suspense fallback={<div className="body read waits" aria-busy="true" />}>
          <ArticleEditor
            key={text.language}
            initial={text.body}
            language={text.language}
            rightToLeft={rightToLeft}
            frozen={false}
            pictures={false}
            onChange={body => change({ body })}
            onSave={save}
          />
        </Suspense>
      </section>
      <Field
        label={t('portal:pageSlug')}
        help={t(one ? 'portal:pageSlugMoves' : 'portal:pageSlugHelp')}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        value={given.slug}
        onChange={event => set({ slug: event.currentTarget.value.toLowerCase().replace(/\s+/g, '-') })}
      />
      <Radios
        label={t('portal:pagePlace')}
        value={given.place}
        options={places.map(place => [place, t(`portal:placeName.${place}`)])}
        onChange={place => set({ place })}
      />
      <Tick
        toggle
        label={t('portal:pagePublic')}
        help={t('portal:pagePublicHelp')}
        checked={given.published}
        onChange={event => set({ published: event.currentTarget.checked })}
      />
      <p className="acts spaced">
        <Button kind="primary" submit busy={saving.isPending}>
          {t('desk:button.save')}
        </Button>
        <Button kind="quiet" onClick={() => void navigate({ to: '/settings/portal' })}>
          {t('desk:button.cancel')}
        </Button>
        {!ready && <span className="small muted">{t('portal:pageEmpty')}</span>}
      </p>
    </form>
  )
}
