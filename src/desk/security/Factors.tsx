/** One's second factors, all three kinds: for the settings, and for who must set one up before anything opens. */
import './security.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/security.ts'
import { me as meEndpoint } from '../../contract/session.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Confirm, Section, Waits } from '../settings/Section.tsx'
import { Authenticator } from './Authenticator.tsx'
import { Passkeys } from './Passkeys.tsx'
import { ShownCodes } from './ShownCodes.tsx'
import { type FactorProps, securityQuery, useProof } from './useProof.tsx'

export function Factors() {
  const asked = useQuery(securityQuery)
  const { proved, question } = useProof()
  const [codes, setCodes] = useState<string[] | null>(null)
  const changed = (shown: string[] | null) => {
    if (shown) setCodes(shown)
    renew(cache, contract.security)
    // Who waited for a factor may go on; the page that asked for it stays until the codes were seen.
    if (!shown) renew(cache, meEndpoint)
  }
  const security = asked.data
  const any = security && (security.authenticator !== null || security.passkeys.length > 0)
  return (
    <>
      <Waits asked={asked} />
      {security && (
        <>
          {!any && (
            <p className="muted block">{t(security.required ? 'security:factor.asked' : 'security:factor.none')}</p>
          )}
          <Authenticator {...{ security, proved, changed }} />
          <Passkeys {...{ security, proved, changed }} />
          {any && <Codes {...{ security, proved, changed }} />}
        </>
      )}
      {question}
      {codes && (
        <ShownCodes
          codes={codes}
          onClose={() => {
            setCodes(null)
            renew(cache, meEndpoint)
          }}
        />
      )}
    </>
  )
}

function Codes({ security, proved, changed }: FactorProps) {
  const [asking, setAsking] = useState(false)
  const making = useMutation({
    mutationFn: () => proved(() => ask(contract.renewCodes, {})),
    onSuccess: ({ codes }) => {
      setAsking(false)
      changed(codes)
    },
  })
  return (
    <Section title={t('security:codes.title')} note={t('security:codes.lead')}>
      <p className={security.codesLeft < 3 ? 'late' : undefined}>
        {t('security:codes.left', { count: security.codesLeft })}
        {security.codesLeft < 3 && ` ${t('security:codes.few')}`}
      </p>
      <p className="acts spaced">
        <Button onClick={() => setAsking(true)}>{t('security:codes.act')}</Button>
      </p>
      {asking && (
        <Confirm
          title={t('security:codes.newTitle')}
          act={t('security:codes.act')}
          failed={t('security:second.failed')}
          doing={making}
          danger={false}
          onAct={() => making.mutate()}
          onClose={() => setAsking(false)}
        >
          <p>{t('security:codes.newLead')}</p>
        </Confirm>
      )}
    </Section>
  )
}
