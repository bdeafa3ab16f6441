/** Two records of one person become one: says who stays and what happens; it can be undone on the survivor's page. */
import { useState } from 'react'
import { mergePeople, unmergePeople } from '../../contract/relations.ts'
import { t } from '../../words/relationship.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { goTo } from '../shell/going.ts'
import { notice } from '../shell/notices.ts'
import { act } from './acting.ts'
import { type Chosen, PersonChooser } from './PersonChooser.tsx'
import type { Person } from './queries.ts'

type Props = { page: Person; other?: Chosen; onClose: () => void }

export function MergePeople({ page, other: known, onClose }: Props) {
  const [other, setOther] = useState<Chosen | null>(known ?? null)
  const [stays, setStays] = useState<'this' | 'other'>('this')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const mine: Chosen = { id: page.id, name: page.name, about: page.addresses[0]?.written ?? '', member: page.member }
  const choose = (chosen: Chosen) => {
    setOther(chosen)
    setError(undefined)
    // A member is never merged away.
    setStays(chosen.member ? 'other' : 'this')
  }
  const merge = async () => {
    if (!other) return setError(t('relationship:merge.needsOther'))
    const [goes, survivor] = stays === 'this' ? [other, mine] : [mine, other]
    setBusy(true)
    const subject = { is: 'person' as const, id: page.id }
    const done = await act(subject, mergePeople, { personId: goes.id, intoId: survivor.id })
    if (!done) return setBusy(false)
    if (survivor.id !== page.id)
      await goTo({ to: '/people/$personId', params: { personId: survivor.id }, search: {}, replace: true })
    notice({
      title: t('relationship:merge.done', { goes: goes.name, stays: survivor.name }),
      onUndo: () =>
        void act({ is: 'person', id: survivor.id }, unmergePeople, { mergeId: done.mergeId }).then(
          undone => undone && notice({ title: t('relationship:merge.undone', { name: goes.name }) }),
        ),
    })
    onClose()
  }
  return (
    <Dialog
      title={t('relationship:merge.title')}
      lead={t('relationship:merge.lead')}
      act={t('relationship:merge.act')}
      {...{ busy, error, onClose }}
      onAct={() => void merge()}
    >
      {!known && (
        <PersonChooser
          is="people"
          label={t('relationship:merge.other', { name: page.name })}
          chosen={other}
          onChoose={choose}
          without={[page.id]}
        />
      )}
      {other && (
        <fieldset className="radios">
          <legend>{t('relationship:merge.stays')}</legend>
          {(['this', 'other'] as const).map(which => {
            const one = which === 'this' ? mine : other
            const goes = which === 'this' ? other : mine
            return (
              <label key={which}>
                <input
                  type="radio"
                  name="stays"
                  checked={stays === which}
                  disabled={goes.member}
                  onChange={() => setStays(which)}
                />
                <span>
                  <bdi>{one.name}</bdi> <bdi className="small muted">{one.about}</bdi>
                </span>
              </label>
            )
          })}
        </fieldset>
      )}
      {other && <p className="small muted">{t('relationship:merge.happens')}</p>}
    </Dialog>
  )
}
