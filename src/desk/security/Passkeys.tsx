/** Passkeys: added with a name, renamed, taken away. Says so where a browser offers none. */
import { IconFingerprint } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/security.ts'
import { Button, Dialog, Field, Time } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask } from '../api.ts'
import { Refused } from '../session/Refused.tsx'
import { Confirm, Row, Section } from '../settings/Section.tsx'
import { notice } from '../shell/notices.ts'
import { type FactorProps, unlessUnproved } from './useProof.tsx'

type Passkey = FactorProps['security']['passkeys'][number]

export function Passkeys({ security, proved, changed }: FactorProps) {
  const [naming, setNaming] = useState<Passkey | 'new' | null>(null)
  const [removing, setRemoving] = useState<Passkey | null>(null)
  const adding = useMutation({
    mutationFn: (name: string) =>
      proved(async () => {
        const [{ newOf }, { ticket, options }] = await Promise.all([
          import('../session/passkey.ts'),
          ask(contract.newPasskeyOptions, {}),
        ])
        return ask(contract.addPasskey, { ticket, name, made: await newOf(options) })
      }),
    onSuccess: ({ codes }, name) => {
      setNaming(null)
      changed(codes)
      notice({ title: t('security:passkeys.added', { name }) })
    },
  })
  const renaming = useMutation({
    mutationFn: ({ passkey, name }: { passkey: Passkey; name: string }) =>
      ask(contract.namePasskey, { passkeyId: passkey.id, name }),
    onSuccess: () => {
      setNaming(null)
      changed(null)
    },
  })
  const taking = useMutation({
    mutationFn: (passkey: Passkey) => proved(() => ask(contract.removePasskey, { passkeyId: passkey.id })),
    onSuccess: (_, { name }) => {
      setRemoving(null)
      changed(null)
      notice({ title: t('security:passkeys.removed', { name }) })
    },
  })
  const works = security.passkeysWork && typeof PublicKeyCredential !== 'undefined'
  return (
    <Section title={t('security:passkeys.title')} note={t('security:passkeys.lead')}>
      <ul className="ledge" data-plain>
        {security.passkeys.map(passkey => (
          <Row
            key={passkey.id}
            icon={<IconFingerprint size={20} stroke={1.5} aria-hidden="true" />}
            acts={
              <>
                <Button
                  kind="quiet"
                  aria-label={t('security:passkeys.renameOf', { name: passkey.name })}
                  onClick={() => setNaming(passkey)}
                >
                  {t('security:passkeys.rename')}
                </Button>
                <Button
                  kind="quiet"
                  aria-label={t('security:passkeys.removeOf', { name: passkey.name })}
                  onClick={() => setRemoving(passkey)}
                >
                  {t('desk:button.remove')}
                </Button>
              </>
            }
          >
            <p>{passkey.name}</p>
            <p className="small muted">
              {passkey.lastUsedAt ? (
                <>
                  {t('security:passkeys.used')} <Time at={passkey.lastUsedAt} />
                </>
              ) : (
                t('security:passkeys.unused')
              )}
            </p>
          </Row>
        ))}
      </ul>
      {works ? (
        <Button
          onClick={() => {
            adding.reset()
            setNaming('new')
          }}
        >
          {t('security:passkeys.act')}
        </Button>
      ) : (
        <p className="small muted note">{t('security:passkeys.notHere')}</p>
      )}
      {naming && (
        <Naming
          passkey={naming}
          busy={adding.isPending || renaming.isPending}
          error={unlessUnproved(adding.error ?? renaming.error)}
          onName={name => (naming === 'new' ? adding.mutate(name) : renaming.mutate({ passkey: naming, name }))}
          onClose={() => setNaming(null)}
        />
      )}
      {removing && (
        <Confirm
          title={t('security:passkeys.removeTitle', { name: removing.name })}
          act={t('desk:button.remove')}
          failed={t('security:passkeys.failed')}
          doing={taking}
          onAct={() => taking.mutate(removing)}
          onClose={() => setRemoving(null)}
        >
          <p>{t('security:passkeys.removeLead')}</p>
          {security.passkeys.length === 1 && !security.authenticator && <p>{t('security:authenticator.removeLast')}</p>}
        </Confirm>
      )}
    </Section>
  )
}

type NamingProps = {
  passkey: Passkey | 'new'
  busy: boolean
  error: Error | null
  onName: (name: string) => void
  onClose: () => void
}

function Naming({ passkey, busy, error, onName, onClose }: NamingProps) {
  const fresh = passkey === 'new'
  const [name, setName] = useState(fresh ? '' : passkey.name)
  return (
    <Dialog
      title={fresh ? t('security:passkeys.act') : t('security:passkeys.renameOf', { name: passkey.name })}
      onClose={onClose}
    >
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          onName(name.trim())
        }}
      >
        <Refused error={error} title={t('security:passkeys.failed')} />
        <Field
          label={t('security:passkeys.name')}
          help={t('security:passkeys.nameHelp')}
          required
          maxLength={60}
          autoFocus
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <p className="acts">
          <Button kind="primary" submit busy={busy} disabled={!name.trim()}>
            {t(fresh ? 'security:passkeys.nameAct' : 'desk:button.save')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
