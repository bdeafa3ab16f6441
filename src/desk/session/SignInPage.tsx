/** Signing in with address and password, or by a link that is mailed. Says the same whether an address is known or not. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import * as session from '../../contract/session.ts'
import { Button, Field, firstName } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, query } from '../api.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { lastHere, rememberHere } from './last.ts'
import { Outside, Saying } from './Outside.tsx'
import { PasskeyAlone } from './PasskeyAlone.tsx'
import { Refused } from './Refused.tsx'
import { type Entered, useEntering } from './useEntering.tsx'

const route = getRouteApi('/sign-in')

function greeting(): string {
  const hour = new Date().getHours()
  return hour < 5 || hour >= 18 ? 'evening' : hour < 12 ? 'morning' : 'afternoon'
}

export function SignInPage() {
  usePageTitle(t('session:signIn.title'))
  const welcome = useQuery(query(session.welcome, {}))
  const [last, setLast] = useState(lastHere)
  const [address, setAddress] = useState(last?.address ?? '')
  const [byLink, setByLink] = useState(false)
  const { back } = route.useSearch()
  const { step, entered } = useEntering(welcome.data?.name, back)
  const forget = () => {
    rememberHere(null)
    setLast(null)
    setAddress('')
  }
  if (welcome.data?.needsFirstAdministrator) return <NobodyYet />
  if (step) return step
  return (
    <Outside name={welcome.data?.name} beside={<Saying />}>
      <h1 className="title">
        {last ? t(`session:signIn.${greeting()}`, { name: firstName(last.name) }) : t('session:signIn.title')}
      </h1>
      <p className="muted">
        {last ? (
          <>
            {t('session:signIn.again')}{' '}
            <button type="button" className="link" onClick={forget}>
              {t('session:signIn.notYou', { name: firstName(last.name) })}
            </button>
          </>
        ) : (
          t('session:signIn.lead')
        )}
      </p>
      {byLink ? (
        <ByLink address={address} setAddress={setAddress} back={() => setByLink(false)} />
      ) : (
        <>
          <ByPassword {...{ address, setAddress, entered }} forgotten={() => setByLink(true)} />
          {welcome.data?.passkeys && <PasskeyAlone entered={entered} />}
        </>
      )}
    </Outside>
  )
}

type AddressProps = { address: string; setAddress: (address: string) => void }

type ByPasswordProps = AddressProps & { forgotten: () => void; entered: (now: Entered) => void }

function ByPassword({ address, setAddress, forgotten, entered }: ByPasswordProps) {
  const [password, setPassword] = useState('')
  const signing = useMutation({
    mutationFn: () => ask(session.signIn, { address: address.trim(), password }),
    onSuccess: entered,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signing.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Refused
        error={signing.error}
        title={t('session:signIn.didNotFit')}
        safe={t('session:signIn.safe')}
        todo={
          <>
            {t('session:signIn.todo')}{' '}
            <button type="button" className="link" onClick={forgotten}>
              {t('session:signIn.linkInstead')}
            </button>
          </>
        }
      />
      <Field
        label={t('session:address')}
        type="email"
        autoComplete="username"
        required
        autoFocus={!address}
        value={address}
        onChange={event => setAddress(event.currentTarget.value)}
      />
      <Field
        label={t('session:password')}
        type="password"
        autoComplete="current-password"
        required
        autoFocus={!!address}
        value={password}
        aria-invalid={signing.isError || undefined}
        onChange={event => setPassword(event.currentTarget.value)}
        aside={
          <button type="button" className="link small" onClick={forgotten}>
            {t('session:signIn.forgotten')}
          </button>
        }
      />
      <p className="acts">
        <Button kind="primary" submit busy={signing.isPending}>
          {t('session:signIn.act')}
        </Button>
      </p>
    </form>
  )
}

function ByLink({ address, setAddress, back }: AddressProps & { back: () => void }) {
  const asking = useMutation({ mutationFn: () => ask(session.askForLink, { address: address.trim() }) })
  if (asking.isSuccess)
    return (
      <div className="sent" role="status">
        <p>{t('session:byLink.sent', { address: address.trim() })}</p>
        <p className="small muted">{t('session:byLink.sentNote')}</p>
        <p className="acts">
          <Button onClick={back}>{t('session:byLink.back')}</Button>
        </p>
      </div>
    )
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        asking.mutate()
      }}
    >
      <Refused error={asking.error} title={t('session:byLink.failed')} />
      <Field
        label={t('session:address')}
        type="email"
        autoComplete="username"
        required
        autoFocus
        value={address}
        onChange={event => setAddress(event.currentTarget.value)}
        help={t('session:byLink.help')}
      />
      <p className="acts">
        <Button kind="primary" submit busy={asking.isPending}>
          {t('session:byLink.act')}
        </Button>
        <Button kind="quiet" onClick={back}>
          {t('session:byLink.back')}
        </Button>
      </p>
    </form>
  )
}

/** Before the first account: the link stands on the terminal. */
function NobodyYet() {
  return (
    <Outside name={undefined} beside={<Saying />}>
      <h1 className="title">{t('session:nobody.title')}</h1>
      <p className="muted">{t('session:nobody.lead')}</p>
      <p className="muted again">{t('session:nobody.again')}</p>
    </Outside>
  )
}
