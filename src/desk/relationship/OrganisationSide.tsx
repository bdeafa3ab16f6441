/** Beside an organisation: its people, the mail domains that suggest it, and what else we wrote down. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { setOrganisationField } from '../../contract/organisations.ts'
import { join, leave } from '../../contract/relations.ts'
import { Button, dayOf, Portrait, rippleOf, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { FieldsList } from '../marks/FieldsPanel.tsx'
import { act } from './acting.ts'
import { CarePanel } from './care/CarePanel.tsx'
import { DomainsDialog } from './DomainsDialog.tsx'
import { usualRhythm } from './Head.tsx'
import { languageName } from './names.ts'
import { PersonHere } from './PersonHere.tsx'
import type { Organisation } from './queries.ts'

type Colleague = Organisation['people'][number]

export function OrganisationSide({ page }: { page: Organisation }) {
  const [adding, setAdding] = useState(false)
  const [domains, setDomains] = useState(false)
  return (
    <>
      <section>
        <h2 className="section">{t('relationship:side.people')}</h2>
        <ul className="ppl">
          {page.people.map(colleague => (
            <One key={colleague.person.id} page={page} colleague={colleague} />
          ))}
        </ul>
        {page.people.length === 0 && <p className="muted">{t('relationship:organisation.nobody')}</p>}
        {page.peopleCount > page.people.length && (
          <p className="small muted">
            {t('relationship:organisation.more', { count: page.peopleCount - page.people.length })}
          </p>
        )}
        <button type="button" className="link small" onClick={() => setAdding(true)}>
          {t('relationship:organisation.addPerson')}
        </button>
      </section>
      <CarePanel is="organisation" id={page.id} />
      <section>
        <h2 className="section">{t('relationship:side.domains')}</h2>
        {page.domains.length > 0 ? (
          <ul>
            {page.domains.map(domain => (
              <li key={domain}>
                <bdi>{domain}</bdi>
              </li>
            ))}
          </ul>
        ) : (
          <p className="muted">{t('relationship:domains.none')}</p>
        )}
        <p className="small muted">{t('relationship:domains.help')}</p>
        <button type="button" className="link small" onClick={() => setDomains(true)}>
          {t('relationship:domains.change')}
        </button>
      </section>
      {page.fields.length > 0 && (
        <section>
          <h2 className="section">{t('relationship:side.fields')}</h2>
          <FieldsList
            fields={page.fields}
            onSay={(fieldId, value) =>
              void act({ is: 'organisation', id: page.id }, setOrganisationField, {
                organisationId: page.id,
                fieldId,
                value,
              })
            }
          />
        </section>
      )}
      {page.replyWithin !== null && (
        <section>
          <h2 className="section">{t('relationship:side.target')}</h2>
          <p>{t('relationship:organisation.target', { count: page.replyWithin })}</p>
        </section>
      )}
      {adding && <PersonHere page={page} onClose={() => setAdding(false)} />}
      {domains && <DomainsDialog page={page} onClose={() => setDomains(false)} />}
    </>
  )
}

function One({ page, colleague }: { page: Organisation; colleague: Colleague }) {
  const now = useNow()
  const place = usePlace()
  const { person, role, language, suggested, seesAll, lastAt, rhythmDays } = colleague
  const days = lastAt === null ? null : dayOf(now, place.zone) - dayOf(Date.parse(lastAt), place.zone)
  const subject = { is: 'organisation' as const, id: page.id }
  const at = { personId: person.id, organisationId: page.id }
  const parts = [
    role,
    language && languageName(language, place.language),
    suggested
      ? ''
      : days === null
        ? ''
        : days === 0
          ? t('relationship:line.spokeToday')
          : t('relationship:line.spoke', { count: days }),
    seesAll ? t('relationship:belongs.seesAll') : '',
  ].filter(Boolean)
  return (
    <li>
      <Portrait name={person.name} {...(days === null ? {} : { ripple: rippleOf(days, rhythmDays ?? usualRhythm) })} />
      <div>
        <p className="strong">
          <Link to="/people/$personId" params={{ personId: person.id }} search={{}}>
            <bdi>{person.name}</bdi>
          </Link>
        </p>
        {parts.length > 0 && (
          <p className="small muted aside">
            {parts.map(part => (
              <span key={part}>
                <bdi>{part}</bdi>
              </span>
            ))}
          </p>
        )}
        {suggested && (
          <>
            <p className="small muted">{t('relationship:belongs.suggested')}</p>
            <p className="acts">
              <Button onClick={() => void act(subject, join, at)}>{t('relationship:belongs.yes')}</Button>
              <Button kind="quiet" onClick={() => void act(subject, leave, at)}>
                {t('relationship:belongs.no')}
              </Button>
            </p>
          </>
        )}
      </div>
    </li>
  )
}
