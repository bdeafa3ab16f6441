/** Can a server be reached: name, port and encryption, each tried by itself. Signs in nowhere. */
import { lookup } from 'node:dns/promises'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { MailTrouble, troubleOf } from '../../../platform/mail/trouble.ts'
import { t } from '../words.ts'
import { bad, deadline, deadlineMs, good, placeGaps, type Step } from './check-steps.ts'
import type { ServerSettings } from './tables.ts'

export type Names = { name: Step['step']; port: Step['step']; tls: Step['step']; signIn: Step['step'] }

/** Name, port and encryption, each by itself: a mail library tells only that something went wrong. */
export async function reach(place: ServerSettings, steps: Names, ca: string | undefined): Promise<Step[]> {
  const told: Step[] = []
  let since = Date.now()
  const gaps = placeGaps(place)
  try {
    const { address } = await deadline(lookup(place.host))
    told.push(good(steps.name, t('channels:check.name', { host: place.host, address }), since))
    since = Date.now()
    await deadline(open(place))
    told.push(good(steps.port, t('channels:check.port', gaps), since))
    since = Date.now()
    if (place.security === 'tls') {
      const { protocol, until } = await deadline(encrypted(place, ca))
      told.push(good(steps.tls, t('channels:check.tls', { protocol, until }), since))
    } else if (place.security === 'starttls') {
      told.push(good(steps.tls, t('channels:check.tlsStart'), since))
    } else {
      const here = /^127\.|^::1$/.test(address)
      const says = t(here ? 'channels:check.tlsNoneHere' : 'channels:check.tlsNone')
      told.push({
        step: steps.tls,
        outcome: here ? 'good' : 'warning',
        says,
        remedy: here ? null : t('channels:check.tlsNoneRemedy'),
        took: 0,
      })
    }
  } catch (error) {
    const trouble = troubleOf(error)
    const next = [steps.name, steps.port, steps.tls][told.length]!
    told.push(bad(next, trouble, gaps, since))
  }
  return told
}

function open(place: ServerSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp(place.port, place.host)
    socket.setTimeout(deadlineMs, () => socket.destroy(new MailTrouble('no-answer', place.host)))
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
  })
}

function encrypted(place: ServerSettings, ca: string | undefined): Promise<{ protocol: string; until: string }> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connectTls(
      {
        host: place.host,
        port: place.port,
        ...(/^[\d.:]+$/.test(place.host) ? {} : { servername: place.host }),
        minVersion: 'TLSv1.2',
        ...(ca === undefined ? {} : { ca }),
      },
      () => {
        const until = new Date(socket.getPeerCertificate().valid_to).toISOString().slice(0, 10)
        resolve({ protocol: (socket.getProtocol() ?? 'TLS').replace('TLSv', 'TLS '), until })
        socket.destroy()
      },
    )
    socket.setTimeout(deadlineMs, () => socket.destroy(new MailTrouble('no-answer', place.host)))
    socket.once('error', reject)
  })
}
