/** Runs what the server may first ask a proof for: shows the question, and goes on by itself once it was answered. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import * as contract from '../../contract/security.ts'
import { Button, Dialog, Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Refused } from '../session/Refused.tsx'

export const securityQuery = query(contract.security, {})

/** Thrown when somebody closed the question: nothing failed, and nothing happened. */
export class Unproved extends Error {}

type Asking = { answer: (proved: boolean) => void }

export function useProof(): { proved: <T>(act: () => Promise<T>) => Promise<T>; question: ReactNode } {
  const [asking, setAsking] = useState<Asking | null>(null)
  const proved = async <T,>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'prove-again') throw error
      const shown = await new Promise<boolean>(answer => setAsking({ answer }))
      setAsking(null)
      if (!shown) throw new Unproved()
      return act()
    }
  }
  return { proved, question: asking && <Question {...asking} /> }
}

function Question({ answer }: Asking) {
  const security = useQuery(securityQuery)
  const [given, setGiven] = useState({ password: '', code: '' })
  const done = {
    onSuccess: () => {
      renew(cache, contract.security)
      answer(true)
    },
  }
  const proving = useMutation({
    mutationFn: () => ask(contract.prove, given.password ? { password: given.password } : { code: given.code }),
    ...done,
  })
  const touching = useMutation({
    mutationFn: async () => {
      const [{ answerOf }, { ticket, options }] = await Promise.all([
        import('../session/passkey.ts'),
        ask(contract.provePasskeyOptions, {}),
      ])
      return ask(contract.proveByPasskey, { ticket, answer: await answerOf(options) })
    },
    ...done,
  })
  return (
    <Dialog title={t('security:proof.title')} onClose={() => answer(false)}>
      <p>{t('security:proof.lead')}</p>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          proving.mutate()
        }}
      >
        <Refused error={proving.error ?? touching.error} title={t('security:proof.failed')} />
        <Field
          label={t('session:password')}
          type="password"
          autoComplete="current-password"
          autoFocus
          value={given.password}
          onChange={event => setGiven({ ...given, password: event.currentTarget.value })}
        />
        {security.data?.authenticator && (
          <Field
            label={t('security:proof.orCode')}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={40}
            value={given.code}
            onChange={event => setGiven({ ...given, code: event.currentTarget.value })}
          />
        )}
        <p className="acts">
          <Button kind="primary" submit busy={proving.isPending} disabled={!given.password && !given.code}>
            {t('security:proof.act')}
          </Button>
          {(security.data?.passkeys.length ?? 0) > 0 && (
            <Button busy={touching.isPending} onClick={() => touching.mutate()}>
              {t('security:proof.passkey')}
            </Button>
          )}
          <Button kind="quiet" onClick={() => answer(false)}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}

/** What the parts of a member's factors are given. */
export type FactorProps = {
  security: contract.SecurityView
  proved: ReturnType<typeof useProof>['proved']
  /** with new recovery codes they are shown, this once */
  changed: (codes: string[] | null) => void
}

/** What goes wrong is told, unless somebody only changed their mind. */
export function unlessUnproved(error: Error | null): Error | null {
  return error instanceof Unproved ? null : error
}
