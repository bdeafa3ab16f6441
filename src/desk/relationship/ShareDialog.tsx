/** Sharing one conversation: with somebody near its customer, with everybody of their organisation, or with anybody we know. */
import './relationship.css'
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { type Sight, shareConversation, sight } from '../../contract/organisations.ts'
import { t } from '../../words/relationship.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { useMe } from '../session/me.ts'
import { notice } from '../shell/notices.ts'
import { servesSomewhere } from '../shell/serves.ts'
import { type Chosen, PersonChooser } from './PersonChooser.tsx'

type Near = Sight['near'][number]
type Props = { view: ConversationView; near: Near[]; onClose: () => void }

export function ShareDialog({ view, near, onClose }: Props) {
  const me = useMe()
  const [whom, setWhom] = useState<Near | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const choose = (next: Near) => {
    setWhom(next)
    setError(undefined)
  }
  const share = async () => {
    if (!whom) return setError(t('reached:sight.needsOne'))
    setBusy(true)
    try {
      const withWhom = whom.is === 'person' ? { personId: whom.id } : { organisationId: whom.id }
      await ask(shareConversation, { conversationId: view.id, ...withWhom })
      renew(cache, sight)
      notice({ title: t('reached:sight.done', { name: whom.name }) })
      onClose()
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      setError(problem.title || t('desk:state.broken'))
      setBusy(false)
    }
  }
  const other: Chosen | null =
    whom && whom.is === 'person' && !near.some(({ id }) => id === whom.id)
      ? { ...whom, about: '', member: false }
      : null
  return (
    <Dialog
      title={t('reached:sight.heading')}
      lead={t('reached:sight.lead')}
      act={t('reached:sight.act')}
      {...{ busy, error, onClose }}
      onAct={() => void share()}
    >
      {near.length > 0 && (
        <fieldset className="radios">
          <legend>{t('reached:sight.whom')}</legend>
          {near.map(one => (
            <label key={one.id}>
              <input type="radio" name="whom" checked={whom?.id === one.id} onChange={() => choose(one)} />
              <bdi>{one.is === 'organisation' ? t('reached:sight.everybodyOf', { name: one.name }) : one.name}</bdi>
            </label>
          ))}
        </fieldset>
      )}
      {servesSomewhere(me) && (
        <PersonChooser
          is="people"
          label={t(near.length > 0 ? 'reached:sight.somebodyElse' : 'reached:sight.whom')}
          chosen={other}
          onChoose={({ id, name }) => choose({ id, name, is: 'person' })}
          without={[view.customer.id]}
        />
      )}
    </Dialog>
  )
}
