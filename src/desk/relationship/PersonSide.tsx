/** Beside a person: where they belong, how they are reached and want to be, what else we wrote down, and what was merged. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import {
  addAddress,
  join,
  leave,
  liftSuspension,
  refuseUnasked,
  removeAddress,
  setPersonField,
  unmergePeople,
} from '../../contract/relations.ts'
import { Button, clock, fullMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { FieldsList } from '../marks/FieldsPanel.tsx'
import { notice } from '../shell/notices.ts'
import { AddressDialog } from './AddressDialog.tsx'
import { act } from './acting.ts'
import { CarePanel } from './care/CarePanel.tsx'
import { JoinDialog } from './JoinDialog.tsx'
import { languageName } from './names.ts'
import type { Person } from './queries.ts'
import { RefuseDialog } from './RefuseDialog.tsx'

export function PersonSide({ page }: { page: Person }) {
  return (
    <>
      <CarePanel is="person" id={page.id} />
      <Organisations page={page} />
      <Addresses page={page} />
      <Wishes page={page} />
      {page.fields.length > 0 && (
        <section>
          <h2 className="section">{t('relationship:side.fields')}</h2>
          <FieldsList
            fields={page.fields}
            onSay={(fieldId, value) =>
              void act({ is: 'person', id: page.id }, setPersonField, { personId: page.id, fieldId, value })
            }
          />
        </section>
      )}
      <Merges page={page} />
    </>
  )
}

function Organisations({ page }: { page: Person }) {
  const [joining, setJoining] = useState(false)
  const subject = { is: 'person' as const, id: page.id }
  const at = (organisationId: string) => ({ personId: page.id, organisationId })
  return (
    <section>
      <h2 className="section">{t('relationship:side.organisations')}</h2>
      <ul className="belongs">
        {page.organisations.map(({ organisation, role, suggested, seesAll }) => (
          <li key={organisation.id}>
            <p className="strong">
              <Link to="/organisations/$organisationId" params={{ organisationId: organisation.id }} search={{}}>
                <bdi>{organisation.name}</bdi>
              </Link>
            </p>
            {suggested ? (
              <>
                <p className="small muted">{t('relationship:belongs.suggested')}</p>
                <p className="acts">
                  <Button onClick={() => void act(subject, join, at(organisation.id))}>
                    {t('relationship:belongs.yes')}
                  </Button>
                  <Button kind="quiet" onClick={() => void act(subject, leave, at(organisation.id))}>
                    {t('relationship:belongs.no')}
                  </Button>
                </p>
              </>
            ) : (
              <p className="small muted">
                {role && (
                  <>
                    <bdi>{role}</bdi>
                    {' · '}
                  </>
                )}
                {seesAll ? t('relationship:belongs.seesAll') : t('relationship:belongs.seesOwn')}
              </p>
            )}
          </li>
        ))}
      </ul>
      <button type="button" className="link small" onClick={() => setJoining(true)}>
        {t('relationship:belongs.add')}
      </button>
      {joining && <JoinDialog page={page} onClose={() => setJoining(false)} />}
    </section>
  )
}

function Addresses({ page }: { page: Person }) {
  const [adding, setAdding] = useState(false)
  const subject = { is: 'person' as const, id: page.id }
  const remove = async (address: Person['addresses'][number]) => {
    const { id, kind, written } = address
    if (!(await act(subject, removeAddress, { personId: page.id, addressId: id }))) return
    notice({
      title: t('relationship:address.removed', { address: written }),
      ...(kind === 'chat' ? {} : { onUndo: () => void act(subject, addAddress, { personId: page.id, kind, written }) }),
    })
  }
  return (
    <section>
      <h2 className="section">{t('relationship:side.addresses')}</h2>
      <ul className="reached">
        {page.addresses.map(address => (
          <li key={address.id}>
            <span className="reachline">
              <bdi className="cut" title={address.written}>
                {address.kind === 'phone' ? <a href={`tel:${address.written}`}>{address.written}</a> : address.written}
              </bdi>
              <button
                type="button"
                className="link small"
                aria-label={t('relationship:address.removeOf', { address: address.written })}
                onClick={() => void remove(address)}
              >
                {t('relationship:address.remove')}
              </button>
            </span>
            {address.suspendedBecause && (
              <p className="small trouble">
                {t('conversation:side.suspended')}{' '}
                <button
                  type="button"
                  className="link"
                  onClick={() => void act(subject, liftSuspension, { personId: page.id, addressId: address.id })}
                >
                  {t('relationship:address.lift')}
                </button>
              </p>
            )}
          </li>
        ))}
      </ul>
      <button type="button" className="link small" onClick={() => setAdding(true)}>
        {t('relationship:address.add')}
      </button>
      {adding && <AddressDialog page={page} onClose={() => setAdding(false)} />}
    </section>
  )
}

function Wishes({ page }: { page: Person }) {
  const [refusing, setRefusing] = useState(false)
  const place = usePlace()
  const now = useNow()
  const { preferred, refuses, language, zone } = page
  const subject = { is: 'person' as const, id: page.id }
  return (
    <section>
      <h2 className="section">{t('relationship:side.wishes')}</h2>
      <div className="wishes">
        {preferred.channel && <p>{t(`relationship:channel.${preferred.channel}`)}</p>}
        {preferred.words && (
          <p className="said" dir="auto">
            {preferred.words}
          </p>
        )}
        {!preferred.channel && !preferred.words && <p className="muted">{t('relationship:channel.none')}</p>}
        <p className="small muted">
          {language && t('relationship:wish.language', { language: languageName(language, place.language) })}{' '}
          {zone &&
            t('relationship:wish.zone', { time: clock(now, { ...place, zone }), zone: zone.replaceAll('_', ' ') })}
        </p>
        {refuses ? (
          <>
            <p className="strong" title={fullMoment(Date.parse(refuses.since), place)}>
              {t('relationship:refuses.yes')}
            </p>
            <p className="small muted">
              {t(refuses.by?.id === page.id || !refuses.by ? 'relationship:refuses.self' : 'relationship:refuses.by', {
                name: refuses.by?.name ?? '',
                day: fullMoment(Date.parse(refuses.since), place),
              })}{' '}
              {refuses.said && <q dir="auto">{refuses.said}</q>}
            </p>
            <button
              type="button"
              className="link small"
              onClick={() => void act(subject, refuseUnasked, { personId: page.id, refuses: false })}
            >
              {t('relationship:refuses.allow')}
            </button>
          </>
        ) : (
          <button type="button" className="link small" onClick={() => setRefusing(true)}>
            {t('relationship:refuses.note')}
          </button>
        )}
      </div>
      {refusing && <RefuseDialog page={page} onClose={() => setRefusing(false)} />}
    </section>
  )
}

function Merges({ page }: { page: Person }) {
  const place = usePlace()
  if (page.merges.length === 0) return null
  const part = async (mergeId: string) => {
    const done = await act({ is: 'person', id: page.id }, unmergePeople, { mergeId })
    if (done) notice({ title: t('relationship:merge.undone', { name: done.person.name }) })
  }
  return (
    <section>
      <h2 className="section">{t('relationship:side.merges')}</h2>
      <ul className="belongs">
        {page.merges.map(({ id, person, by, at }) => (
          <li key={id}>
            <p>
              <bdi>{person.name}</bdi>
            </p>
            <p className="small muted">
              {t('relationship:merge.by', {
                name: by?.name ?? t('relationship:pond'),
                day: fullMoment(Date.parse(at), place),
              })}
            </p>
            {page.mayMerge && (
              <button type="button" className="link small" onClick={() => void part(id)}>
                {t('relationship:merge.undo')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
