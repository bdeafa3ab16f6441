/** The authenticator: its picture and key while it is being set up, confirmed by a code; and taking it away. */
import { IconCheck, IconCopy, IconDeviceMobile } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import { useMemo, useState } from 'react'
import * as contract from '../../contract/security.ts'
import { Button, Field, Time } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, type Output } from '../api.ts'
import { Refused } from '../session/Refused.tsx'
import { Confirm, Row, Section } from '../settings/Section.tsx'
import { notice } from '../shell/notices.ts'
import { type FactorProps, unlessUnproved } from './useProof.tsx'

export function Authenticator({ security, proved, changed }: FactorProps) {
  const [removing, setRemoving] = useState(false)
  const beginning = useMutation({ mutationFn: () => proved(() => ask(contract.beginAuthenticator, {})) })
  const taking = useMutation({
    mutationFn: () => proved(() => ask(contract.removeAuthenticator, {})),
    onSuccess: () => {
      setRemoving(false)
      changed(null)
      notice({ title: t('security:authenticator.removed') })
    },
  })
  const since = security.authenticator?.since
  const only = security.passkeys.length === 0
  return (
    <Section title={t('security:authenticator.title')} note={t('security:authenticator.lead')}>
      {since && (
        <ul className="ledge" data-plain>
          <Row
            icon={<IconDeviceMobile size={20} stroke={1.5} aria-hidden="true" />}
            acts={
              <Button kind="quiet" onClick={() => setRemoving(true)}>
                {t('desk:button.remove')}
              </Button>
            }
          >
            <p>{t('security:authenticator.title')}</p>
            <p className="small muted">
              {t('security:authenticator.since')} <Time at={since} />
            </p>
          </Row>
        </ul>
      )}
      {!since && !beginning.data && (
        <>
          <Refused error={unlessUnproved(beginning.error)} title={t('security:authenticator.failed')} />
          <Button busy={beginning.isPending} onClick={() => beginning.mutate()}>
            {t('security:authenticator.act')}
          </Button>
        </>
      )}
      {!since && beginning.data && (
        <Confirming
          begun={beginning.data}
          done={codes => {
            beginning.reset()
            changed(codes)
            notice({ title: t('security:authenticator.done') })
          }}
        />
      )}
      {removing && (
        <Confirm
          title={t('security:authenticator.removeTitle')}
          act={t('desk:button.remove')}
          failed={t('security:authenticator.failed')}
          doing={taking}
          onAct={() => taking.mutate()}
          onClose={() => setRemoving(false)}
        >
          <p>{t('security:authenticator.removeLead')}</p>
          {only && <p>{t('security:authenticator.removeLast')}</p>}
        </Confirm>
      )}
    </Section>
  )
}

type Begun = Output<typeof contract.beginAuthenticator>

function Confirming({ begun, done }: { begun: Begun; done: (codes: string[] | null) => void }) {
  const [code, setCode] = useState('')
  const [copied, setCopied] = useState(false)
  const confirming = useMutation({
    mutationFn: () => ask(contract.confirmAuthenticator, { code }),
    onSuccess: ({ codes }) => done(codes),
  })
  const picture = useMemo(() => {
    const drawn = generate(begun.uri)
    return { size: drawn.size, path: toSvgPath(drawn) }
  }, [begun.uri])
  return (
    <form
      className="form wide"
      onSubmit={event => {
        event.preventDefault()
        confirming.mutate()
      }}
    >
      <div className="scan">
        {/* Dark on light in every scheme, with a rim: that is how cameras find it. */}
        <svg
          role="img"
          aria-label={t('security:authenticator.picture')}
          viewBox={`-4 -4 ${picture.size + 8} ${picture.size + 8}`}
          shapeRendering="crispEdges"
        >
          <rect x="-4" y="-4" width="100%" height="100%" fill="#fff" />
          <path d={picture.path} fill="#000" />
        </svg>
        <div>
          <p>{t('security:authenticator.scan')}</p>
          <p className="muted small">{t('security:authenticator.orKey')}</p>
          <p>
            <code className="secretkey" translate="no">
              {begun.secret.replace(/(.{4})(?=.)/g, '$1 ')}
            </code>
          </p>
          <Button
            kind="quiet"
            icon={copied ? <IconCheck size={17} aria-hidden="true" /> : <IconCopy size={17} aria-hidden="true" />}
            onClick={() =>
              void navigator.clipboard.writeText(begun.secret).then(
                () => setCopied(true),
                () => {},
              )
            }
          >
            {t(copied ? 'security:authenticator.copied' : 'security:authenticator.copy')}
          </Button>
        </div>
      </div>
      <Refused error={confirming.error} title={t('security:authenticator.failed')} />
      <div className="with-act narrow">
        <Field
          label={t('security:authenticator.confirm')}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          minLength={6}
          maxLength={9}
          value={code}
          onChange={event => setCode(event.currentTarget.value)}
        />
        <Button kind="primary" submit busy={confirming.isPending}>
          {t('security:authenticator.confirmAct')}
        </Button>
      </div>
    </form>
  )
}
