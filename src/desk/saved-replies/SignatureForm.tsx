/** A signature, of oneself or of a team: written as words, filled with variables, seen as it will stand. */
import '../compose/compose.css'
import './saved-replies.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import { signatures, signMine, signTeam } from '../../contract/signatures.ts'
import { unknownVariables } from '../../contract/variables.ts'
import { Button, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { saysNothing } from '../compose/draftChoice.ts'
import type { EditorHandle } from '../compose/Editor.tsx'
import { SavedPreview } from '../compose/editor/saved.tsx'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { Waits } from '../settings/Section.tsx'
import { notice } from '../shell/notices.ts'
import { exampleValues } from './exampleValues.ts'
import { Variables } from './Variables.tsx'

const Editor = lazy(() => import('../compose/Editor.tsx'))

/** Without a team one's own. */
export function SignatureForm({ teamId }: { teamId?: string }) {
  const asked = useQuery(query(signatures, {}))
  const { data } = asked
  const whose = teamId === undefined ? 'mine' : 'team'
  const team = data?.teams.find(one => one.teamId === teamId)
  // Where each team has its own, the page says it once.
  if (!data && teamId === undefined) return <Waits asked={asked} />
  if (!data || (teamId !== undefined && !team?.mayChange)) return null
  const title = team ? t('saved-replies:sign.ofTeam', { team: team.name }) : t('saved-replies:sign.mine')
  return (
    <section className="block">
      <h2 className="section">{title}</h2>
      <p className="muted note">{t(`saved-replies:sign.${whose}Help`)}</p>
      <Words
        key={teamId ?? 'mine'}
        title={title}
        kept={(teamId === undefined ? data.mine : team?.signature) ?? ''}
        teamId={teamId}
      />
    </section>
  )
}

/** Several stand on one page: each is named by whose it is. */
function Words({ title, kept, teamId }: { title: string; kept: string; teamId: string | undefined }) {
  const me = useMe()
  const place = usePlace()
  const editor = useRef<EditorHandle>(null)
  const [body, setBody] = useState(kept)
  const values = exampleValues(me, place.language)
  const unknown = unknownVariables(body)
  const saving = useMutation({
    mutationFn: (signature: string | null) =>
      teamId === undefined ? ask(signMine, { signature }) : ask(signTeam, { teamId, signature }),
    onSuccess: ({ signature }, wanted) => {
      const before = kept === '' ? null : kept
      renew(cache, signatures)
      setBody(signature ?? '')
      editor.current?.set(signature ?? '')
      notice({
        title: t(signature === null ? 'saved-replies:sign.removed' : 'saved-replies:sign.saved'),
        ...(wanted === before ? {} : { onUndo: () => saving.mutate(before) }),
      })
    },
  })
  const save = () => unknown.length === 0 && saving.mutate(saysNothing(body) ? null : body)
  return (
    <form
      className="form wide signform"
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <Refused error={saving.error} title={t('saved-replies:failed')} safe={t('saved-replies:safe')} />
      <div className="savedwords">
        <section className="composer" data-kind="reply" aria-label={title}>
          <div className="writing">
            <Suspense fallback={<div className="body read waits" aria-busy="true" />}>
              <Editor
                initial={kept}
                label={title}
                placeholder={t('saved-replies:sign.placeholder')}
                variables
                handle={editor}
                onChange={setBody}
                onSend={save}
                onLeave={() => {}}
                onFiles={() => notice({ title: t('saved-replies:noFiles') })}
                tools={<Variables editor={editor} />}
              />
            </Suspense>
          </div>
        </section>
        <div className="savedlook">
          {saysNothing(body) ? (
            <>
              <p>
                {me.name}
                <br />
                <span className="muted">{me.installation.name}</span>
              </p>
              <p className="small muted">{t('saved-replies:sign.plain', { installation: me.installation.name })}</p>
            </>
          ) : (
            <SavedPreview html={body} language={me.installation.language} around={{ values: () => values }} />
          )}
        </div>
      </div>
      {unknown.length > 0 && (
        <p className="wrong" role="alert">
          {t('saved-replies:unknown', { names: unknown.join(', ') })}
        </p>
      )}
      <p className="acts">
        <Button submit busy={saving.isPending} disabled={body === kept || unknown.length > 0}>
          {t('desk:button.save')}
        </Button>
        {kept && (
          <Button kind="quiet" onClick={() => saving.mutate(null)}>
            {t('saved-replies:sign.remove')}
          </Button>
        )}
      </p>
    </form>
  )
}
