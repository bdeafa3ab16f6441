/** Gives a filter a name: a new view, for oneself or a team, or another name for one there is. */
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { parseFilter } from '../../contract/filter-text.ts'
import { filterTextOfView } from '../../contract/views.ts'
import { Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Problem } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { useMe } from '../session/me.ts'
import { noticeFailure } from '../shell/notices.ts'
import { columnsOf, type Shown, sortOf } from './filter.ts'
import { termWords } from './filterWords.ts'
import { mayMakeTeamView } from './mayMakeTeamView.ts'
import { changeView, type SavedView, saveView } from './savedViews.ts'

type Props = { change: SavedView | null; shown: Shown; onClose: () => void }

export function ViewDialog({ change, shown, onClose }: Props) {
  const me = useMe()
  const place = usePlace()
  const navigate = useNavigate()
  const [name, setName] = useState(change?.name ?? '')
  const [teamId, setTeamId] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const teams = me.teams.filter(team => mayMakeTeamView(me, team.id))
  const team = me.teams.find(({ id }) => id === shown.team)?.name
  const q = filterTextOfView(
    shown.view,
    [team ? `team:"${team.replace(/["\\]/g, '\\$&')}"` : '', shown.q ?? ''].join(' ').trim(),
  )
  const act = async () => {
    if (!name.trim()) return setError(t('views:needsName'))
    setBusy(true)
    try {
      if (change) {
        await changeView({ viewId: change.id, name: name.trim() })
      } else {
        const view = await saveView({
          name: name.trim(),
          q,
          sort: sortOf(shown),
          columns: columnsOf(shown.columns),
          teamId: teamId || null,
        })
        void navigate({ to: '/views/$viewId', params: { viewId: view.id }, search: {} })
      }
      onClose()
    } catch (problem) {
      setBusy(false)
      if (problem instanceof Problem)
        setError(problem.about('name') ?? (problem.detail || problem.title || t('desk:state.silentHappened')))
      else noticeFailure(problem)
    }
  }
  return (
    <Dialog
      title={t(change ? 'views:rename' : 'views:save')}
      act={t(change ? 'views:renameAct' : 'views:saveAct')}
      {...{ busy, error, onClose }}
      onAct={() => void act()}
    >
      <Field
        label={t('views:name')}
        value={name}
        maxLength={60}
        dir="auto"
        data-autofocus
        onChange={event => setName(event.currentTarget.value)}
      />
      {!change && (
        <>
          <fieldset className="radios">
            <legend>{t('views:whose')}</legend>
            {[{ id: '', name: t('views:mine') }, ...teams].map(each => (
              <label key={each.id}>
                <input type="radio" name="whose" checked={teamId === each.id} onChange={() => setTeamId(each.id)} />
                <bdi>{each.id ? t('views:ofTeam', { team: each.name }) : each.name}</bdi>
              </label>
            ))}
          </fieldset>
          <p className="small muted">
            {parseFilter(q)
              .map(term => termWords(term, place.language))
              .join(' · ')}
          </p>
        </>
      )}
    </Dialog>
  )
}
