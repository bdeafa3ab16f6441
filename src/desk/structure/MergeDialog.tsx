/** Two conversations of one customer become one: says which stands, and what will happen. Of different customers they are linked instead. */
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import * as contract from '../../contract/structure.ts'
import { firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { goTo } from '../shell/going.ts'
import { notice } from '../shell/notices.ts'
import { type Other, OtherChooser } from './OtherChooser.tsx'
import { actOn } from './structureQuery.ts'
import { noticeWithUndo } from './undone.ts'
import { mergedHere } from './useMerged.ts'

type Props = { view: ConversationView; onClose: () => void }

export function MergeDialog({ view, onClose }: Props) {
  const [other, setOther] = useState<Other | null>(null)
  const [stands, setStands] = useState<'this' | 'other'>('this')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const name = firstName(view.customer.name)
  const links = other !== null && !other.sameCustomer
  const choose = (chosen: Other) => {
    setOther(chosen)
    // What came first stands, unless somebody says otherwise.
    setStands(chosen.number < view.number ? 'other' : 'this')
    setError(undefined)
  }
  const act = async () => {
    if (!other) return setError(t('structure:merge.needsOther'))
    setBusy(true)
    const done = links ? await linkInstead(view, other) : await mergeThem(view, other, stands)
    if (done) onClose()
    else setBusy(false)
  }
  return (
    <Dialog
      title={t('structure:merge.title')}
      lead={t('structure:merge.lead', { name })}
      act={links ? t('structure:merge.link') : t('structure:merge.act')}
      {...{ busy, error, onClose }}
      onAct={() => void act()}
    >
      <OtherChooser conversationId={view.id} customer={name} chosen={other} onChoose={choose} />
      {links && (
        <p className="small mergehint" role="status">
          {t('structure:merge.otherCustomer', { name, other: other.customer.name })}
        </p>
      )}
      {other && !links && (
        <>
          <fieldset className="radios">
            <legend>{t('structure:merge.stands')}</legend>
            {(['this', 'other'] as const).map(which => (
              <label key={which}>
                <input type="radio" name="stands" checked={stands === which} onChange={() => setStands(which)} />
                <span>
                  {which === 'this' ? view.number : other.number}{' '}
                  <bdi>{(which === 'this' ? view.subject : other.subject) || t('inbox:noSubject')}</bdi>
                </span>
              </label>
            ))}
          </fieldset>
          <p className="small muted" role="status">
            {t('structure:merge.happens', {
              name,
              goes: stands === 'this' ? other.number : view.number,
              stays: stands === 'this' ? view.number : other.number,
            })}
          </p>
        </>
      )}
    </Dialog>
  )
}

async function mergeThem(view: ConversationView, other: Other, stands: 'this' | 'other'): Promise<boolean> {
  const [goes, stays] = stands === 'this' ? [other, view] : [view, other]
  mergedHere.add(goes.id)
  const done = await actOn(contract.merge, { conversationId: goes.id, intoId: stays.id })
  if (!done) return false
  const open = (number: number) =>
    goTo({
      to: '/conversations/$conversationId',
      params: { conversationId: String(number) },
      search: {},
      replace: true,
    })
  if (stays.number !== view.number) await open(stays.number)
  noticeWithUndo(
    t('structure:merge.done', { goes: goes.number, stays: stays.number }),
    stays.subject,
    () => void undoMerge(done.mergeId, stays.number !== view.number ? () => open(view.number) : null),
  )
  return true
}

export async function undoMerge(mergeId: string, after: (() => Promise<unknown>) | null = null) {
  const done = await actOn(contract.undoMerge, { mergeId })
  if (!done) return
  await after?.()
  notice({ title: t('structure:merge.undone', { number: done.number }) })
}

async function linkInstead(view: ConversationView, other: Other): Promise<boolean> {
  const done = await actOn(contract.link, { conversationId: view.id, toId: other.id })
  if (done) notice({ title: t('structure:link.done', { number: other.number }), detail: other.subject })
  return done !== null
}
