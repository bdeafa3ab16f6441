/** Signing in with a passkey and nothing else: where this device can, and Pond is reached in a way that passkeys work. */
import { IconFingerprint } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import * as security from '../../contract/security.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask } from '../api.ts'
import { Refused } from './Refused.tsx'
import type { Entered } from './useEntering.tsx'

export function PasskeyAlone({ entered }: { entered: (now: Entered) => void }) {
  const signing = useMutation({
    mutationFn: async () => {
      const [{ answerOf }, { ticket, options }] = await Promise.all([
        import('./passkey.ts'),
        ask(security.passkeySignInOptions, {}),
      ])
      return ask(security.signInByPasskey, { ticket, answer: await answerOf(options) })
    },
    onSuccess: entered,
  })
  if (typeof PublicKeyCredential === 'undefined') return null
  return (
    <div className="otherways">
      <Refused error={signing.error} title={t('security:alone.failed')} safe={t('security:alone.safe')} />
      <p className="acts">
        <Button
          icon={<IconFingerprint size={18} aria-hidden="true" />}
          busy={signing.isPending}
          onClick={() => signing.mutate()}
        >
          {t('security:alone.act')}
        </Button>
      </p>
    </div>
  )
}
