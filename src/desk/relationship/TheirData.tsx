/** What we have of one person: taken out as a file, or erased for good once their name is typed. Says before what goes, what stays and why. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/erasing.ts'
import { Bones, Button, Dialog, ErrorState, Field, longDay, usePlace } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { ask, Problem, query } from '../api.ts'
import { cache } from '../cache.ts'
import { Refused } from '../session/Refused.tsx'
import { goTo } from '../shell/going.ts'
import { notice } from '../shell/notices.ts'

type Props = { personId: string; name: string; onClose: () => void }

export default function TheirData({ personId, name, onClose }: Props) {
  const asked = useQuery({ ...query(contract.erasure, { personId }), staleTime: 0 })
  return (
    <Dialog className="asks theirdata" title={t('relationship:data.title', { name })} onClose={onClose}>
      <p className="small muted">{t('relationship:data.exportLead')}</p>
      <p className="acts">
        <a className="btn" href={`/api/v1/people/${personId}/export`} download>
          {t('relationship:data.export')}
        </a>
      </p>
      <h3 className="section">{t('relationship:data.eraseTitle')}</h3>
      {asked.data ? (
        <Erase {...{ personId, erasure: asked.data, onClose }} />
      ) : asked.isError ? (
        <ErrorState asked={asked} />
      ) : (
        <Bones shape="list" />
      )}
    </Dialog>
  )
}

function Erase({ personId, erasure, onClose }: { personId: string; erasure: contract.Erasure; onClose: () => void }) {
  const { name, hinders, goes, stays, backupsUntil } = erasure
  const place = usePlace()
  const [typed, setTyped] = useState('')
  const erasing = useMutation({
    mutationFn: () => ask(contract.erasePerson, { personId, name: typed }),
    onSuccess: async () => {
      await goTo({ to: '/people', search: {}, replace: true })
      await cache.invalidateQueries()
      notice({ title: t('relationship:data.done', { name }) })
    },
  })
  if (hinders) return <p>{t(`relationship:data.hinders.${hinders}`)}</p>
  const wrong = erasing.error instanceof Problem && erasing.error.code === 'not-the-name'
  const figures = (['conversations', 'elsewhere', 'notes', 'posts'] as const).filter(key => goes[key] > 0)
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (typed.trim() && !erasing.isPending) erasing.mutate()
      }}
    >
      <p className="small muted">{t('relationship:data.goesLead')}</p>
      <ul className="dots">
        <li>{t('relationship:data.goes.details', { count: goes.addresses })}</li>
        {figures.map(key => (
          <li key={key}>{t(`relationship:data.goes.${key}`, { count: goes[key] })}</li>
        ))}
      </ul>
      {goes.open > 0 && <p className="warm">{t('relationship:data.open', { count: goes.open })}</p>}
      <p className="small muted">{t('relationship:data.staysLead')}</p>
      <ul className="dots">
        <li>{t('relationship:data.stays.log')}</li>
        {goes.elsewhere > 0 && <li>{t('relationship:data.stays.others')}</li>}
        {stays.goodwill > 0 && <li>{t('relationship:data.stays.goodwill', { count: stays.goodwill })}</li>}
        {backupsUntil && (
          <li>{t('relationship:data.stays.backups', { day: longDay(Date.parse(backupsUntil), place) })}</li>
        )}
      </ul>
      <Field
        required
        label={t('relationship:data.type', { name })}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        maxLength={300}
        value={typed}
        error={wrong ? t('relationship:data.otherName') : undefined}
        onChange={event => setTyped(event.currentTarget.value)}
      />
      {!wrong && <Refused error={erasing.error} title={t('relationship:data.failed')} />}
      <p className="acts">
        <Button kind="danger" submit busy={erasing.isPending}>
          {t('relationship:data.erase')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('desk:button.cancel')}
        </Button>
      </p>
    </form>
  )
}
