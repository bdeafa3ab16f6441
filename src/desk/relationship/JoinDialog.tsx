/** Where somebody belongs and what they do there; whether they see what their colleagues write to us. Somewhere new is made by its name. */
import { useState } from 'react'
import { makeOrganisation } from '../../contract/organisations.ts'
import { join, leave } from '../../contract/relations.ts'
import { Button, Field, Tick } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { act } from './acting.ts'
import { type Chosen, PersonChooser } from './PersonChooser.tsx'
import type { Person } from './queries.ts'

export function JoinDialog({ page, onClose }: { page: Person; onClose: () => void }) {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [text, setText] = useState('')
  const [role, setRole] = useState('')
  const [seesAll, setSeesAll] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const subject = { is: 'person' as const, id: page.id }
  const standing = page.organisations.find(
    ({ organisation, suggested }) => !suggested && organisation.id === chosen?.id,
  )
  const choose = (one: Chosen) => {
    setChosen(one)
    setError(undefined)
    const there = page.organisations.find(({ organisation }) => organisation.id === one.id)
    setRole(there?.role ?? '')
    setSeesAll(there?.seesAll ?? false)
  }
  const keep = async () => {
    const name = text.trim()
    if (!chosen && !name) return setError(t('relationship:belongs.needsOne'))
    setBusy(true)
    const id = chosen?.id ?? (await act(subject, makeOrganisation, { name }))?.id
    const done = id && (await act(subject, join, { personId: page.id, organisationId: id, role: role.trim(), seesAll }))
    if (done) onClose()
    else setBusy(false)
  }
  return (
    <Dialog
      title={t('relationship:belongs.title', { name: page.name })}
      act={t(chosen || !text.trim() ? 'relationship:belongs.keep' : 'relationship:belongs.make')}
      {...{ busy, error, onClose }}
      onAct={() => void keep()}
    >
      {page.organisations.some(({ suggested }) => !suggested) && !chosen && (
        <p className="acts">
          {page.organisations
            .filter(({ suggested }) => !suggested)
            .map(({ organisation }) => (
              <Button key={organisation.id} onClick={() => choose({ ...organisation, about: '', member: false })}>
                <bdi>{organisation.name}</bdi>
              </Button>
            ))}
        </p>
      )}
      <PersonChooser
        is="organisations"
        label={t('relationship:belongs.which')}
        chosen={chosen}
        onChoose={choose}
        onText={typed => {
          setText(typed)
          setChosen(null)
        }}
      />
      <Field
        label={t('relationship:belongs.role')}
        help={t('relationship:belongs.roleHelp')}
        dir="auto"
        maxLength={200}
        value={role}
        onChange={event => setRole(event.currentTarget.value)}
      />
      <Tick
        label={t('relationship:belongs.maySeeAll')}
        help={t('relationship:belongs.maySeeAllHelp')}
        checked={seesAll}
        onChange={event => setSeesAll(event.currentTarget.checked)}
      />
      {standing && (
        <p>
          <button
            type="button"
            className="link small"
            onClick={() =>
              void act(subject, leave, { personId: page.id, organisationId: standing.organisation.id }).then(
                done => done && onClose(),
              )
            }
          >
            {t('relationship:belongs.leave', { name: standing.organisation.name })}
          </button>
        </p>
      )}
    </Dialog>
  )
}
