/** Puts a question to the passkeys of this device, or asks it for a new one. What the browser says is turned into a problem a screen can show. */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { z } from 'zod'
import type { PasskeyAnswer, PasskeyMade } from '../../contract/security.ts'
import { t } from '../../words/catalogue.ts'
import { Problem } from '../api.ts'

type Options = Record<string, unknown>

/** Whoever closes the device's own window, or waits too long, has done nothing wrong. */
async function orProblem<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem({ code: 'passkey-stopped', status: 400, detail: t('security:passkeyStopped') })
  }
}

export async function answerOf(options: Options): Promise<z.input<typeof PasskeyAnswer>> {
  const answer = await orProblem(startAuthentication({ optionsJSON: options as never }))
  return answer as z.input<typeof PasskeyAnswer>
}

export async function newOf(options: Options): Promise<z.input<typeof PasskeyMade>> {
  return (await orProblem(startRegistration({ optionsJSON: options as never }))) as z.input<typeof PasskeyMade>
}
