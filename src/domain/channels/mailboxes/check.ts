/** Tries a mailbox's settings step by step and says precisely what is wrong and what to do. Saves nothing, changes nothing in the mailbox, and sends one test mail only when asked to. */
import { randomUUIDv7 } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { z } from 'zod'
import type { CheckStep } from '../../../contract/mailboxes.ts'
import { compose } from '../../../platform/mail/composing/compose.ts'
import { openImap, type Secret } from '../../../platform/mail/imap/session.ts'
import { openSmtp } from '../../../platform/mail/smtp/line.ts'
import { MailTrouble, troubleOf } from '../../../platform/mail/trouble.ts'
import { letterHtml, letterText } from '../send/letter.ts'
import { letterFor } from '../send/letters.ts'
import { t } from '../words.ts'
import { type Ask, type DomainRecords, domainRecords } from './domain-records.ts'
import { presetFor } from './presets.ts'
import type { ImapSettings, ServerSettings } from './tables.ts'

type Step = z.output<typeof CheckStep>
export type Checked = { steps: Step[]; folders: string[]; waiting: number | null; works: boolean }

export type Checking = {
  address: string
  fromName: string
  imap: ImapSettings | null
  smtp: ServerSettings | null
  secretFor: (side: 'imap' | 'smtp') => Promise<Secret>
  sendTo: string | null
  installation: string
  language: string
  zone: string
  ca?: string | undefined
  dns?: Ask
}

type Names = { name: Step['step']; port: Step['step']; tls: Step['step']; signIn: Step['step'] }
const receiving: Names = { name: 'name', port: 'port', tls: 'tls', signIn: 'sign-in' }
const sending: Names = { name: 'smtp-name', port: 'smtp-port', tls: 'smtp-tls', signIn: 'smtp-sign-in' }
const deadlineMs = 8000

export async function checkMailbox(asked: Checking): Promise<Checked> {
  const [fetching, delivering, records] = await Promise.all([
    checkFetching(asked),
    checkSending(asked),
    checkRecords(asked),
  ])
  const steps = [...fetching.steps, ...delivering, ...records]
  return {
    steps,
    folders: fetching.folders,
    waiting: fetching.waiting,
    works: steps.every(step => step.outcome !== 'bad'),
  }
}

async function checkFetching(asked: Checking) {
  const { imap } = asked
  const nothing = { folders: [] as string[], waiting: null as number | null }
  if (!imap) return { ...nothing, steps: skipped(['name', 'port', 'tls', 'sign-in', 'folder'], 'check.noReceiving') }
  const steps = await reach(imap, receiving, asked.ca)
  if (failed(steps))
    return { ...nothing, steps: [...steps, ...skipped(rest(steps, ['name', 'port', 'tls', 'sign-in', 'folder']))] }
  const since = Date.now()
  const places = placeGaps(imap)
  let folders: string[] = []
  try {
    const { oauth: _, ...place } = imap
    const options = { deadlineMs, ...(asked.ca === undefined ? {} : { ca: asked.ca }) }
    const secret = await asked.secretFor('imap')
    const session = await openImap(place, secret, options).catch(async error => {
      // Signing in worked: then the folders can be named.
      if (error instanceof MailTrouble && error.code === 'folder-missing') {
        const inbox = await openImap({ ...place, folder: 'INBOX' }, secret, options).catch(() => null)
        folders = (await inbox?.folders().catch(() => [])) ?? []
        inbox?.close()
      }
      throw error
    })
    folders = await session.folders()
    const waiting = session.exists
    session.close()
    steps.push(good('sign-in', t('channels:check.signIn', { user: imap.user }), since))
    steps.push(good('folder', t('channels:check.folder', { folder: imap.folder, count: waiting }), since))
    return { steps, folders, waiting }
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble.code === 'folder-missing') {
      steps.push(good('sign-in', t('channels:check.signIn', { user: imap.user }), since))
      steps.push(bad('folder', trouble, { ...places, folder: imap.folder, folders: folders.join(', ') }, since))
    } else {
      steps.push(bad(stepOf(trouble, receiving), trouble, places, since), ...skipped(['folder']))
    }
    return { steps: once(steps), folders, waiting: null }
  }
}

async function checkSending(asked: Checking): Promise<Step[]> {
  const { smtp } = asked
  const all: Step['step'][] = ['smtp-name', 'smtp-port', 'smtp-tls', 'smtp-sign-in', 'sending']
  if (!smtp) return skipped(all, 'check.noSending')
  const steps = await reach(smtp, sending, asked.ca)
  if (failed(steps)) return [...steps, ...skipped(rest(steps, all))]
  const since = Date.now()
  try {
    const { oauth: _, ...place } = smtp
    const secret = smtp.user === '' ? null : await asked.secretFor('smtp')
    const line = await openSmtp(place, secret, {
      deadlineMs,
      endMs: 20_000,
      ...(asked.ca === undefined ? {} : { ca: asked.ca }),
    })
    steps.push(
      good(
        'smtp-sign-in',
        t(smtp.user === '' ? 'channels:check.noSignIn' : 'channels:check.signIn', { user: smtp.user }),
        since,
      ),
    )
    if (asked.sendTo === null) steps.push({ ...skipped(['sending'], 'check.notSentByChoice')[0]! })
    else steps.push(await sendTest(asked, asked.sendTo, line))
    line.close()
  } catch (error) {
    const trouble = troubleOf(error)
    steps.push(bad(stepOf(trouble, sending), trouble, placeGaps(smtp), since), ...skipped(['sending']))
  }
  return once(steps)
}

async function sendTest(asked: Checking, to: string, line: Awaited<ReturnType<typeof openSmtp>>): Promise<Step> {
  const since = Date.now()
  const { installation, language, zone, address, fromName } = asked
  const content = {
    is: 'check' as const,
    subject: null,
    fromName: null,
    to: [{ name: '', address: to }],
    cc: [],
    inReplyTo: null,
    references: [],
    language,
    zone,
  }
  const letter = letterFor(content, {
    installation,
    mailboxAddress: address,
    now: new Date(),
    conversationNumber: null,
    recipient: to,
    message: null,
    quoted: null,
  })
  const raw = await compose({
    from: { name: fromName, address },
    to: [{ address: to }],
    subject: letter.subject,
    messageId: `<${randomUUIDv7()}@${address.slice(address.lastIndexOf('@') + 1)}>`,
    date: new Date(),
    text: letterText(letter),
    html: letterHtml(letter),
    automatic: 'auto-generated',
  })
  const outcome = await line.send({ from: address, to, raw, beforeEnd: async () => true })
  if (outcome.is === 'sent') return good('sending', t('channels:check.sent', { to }), since)
  const detail =
    outcome.is === 'refused'
      ? outcome.response
      : outcome.is === 'not-sent'
        ? outcome.trouble.detail
        : outcome.is === 'uncertain'
          ? outcome.detail
          : ''
  return {
    step: 'sending',
    outcome: 'bad',
    says: t('channels:check.refused', { detail }),
    remedy: t('channels:check.refusedRemedy'),
    took: Date.now() - since,
  }
}

/** Name, port and encryption, each by itself: a mail library tells only that something went wrong. */
async function reach(place: ServerSettings, steps: Names, ca: string | undefined): Promise<Step[]> {
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

async function checkRecords(asked: Checking): Promise<Step[]> {
  const domain = asked.address.slice(asked.address.lastIndexOf('@') + 1)
  if (!asked.smtp) return skipped(['spf', 'dkim', 'dmarc'], 'check.noSending')
  // The domain of a large provider is not ours to set up.
  const preset = presetFor(asked.address)
  if (preset.provider !== null && preset.smtp.host === asked.smtp.host)
    return skipped(['spf', 'dkim', 'dmarc'], 'check.ours')
  const since = Date.now()
  const records = await domainRecords(domain, asked.smtp.host, asked.dns)
  const took = Date.now() - since
  const gaps = { domain, host: asked.smtp.host, address: asked.address, record: records.wanted }
  return [spfStep(records.spf, gaps), dkimStep(records.dkim, gaps), dmarcStep(records.dmarc, gaps)].map(step => ({
    ...step,
    took,
  }))
}

type Gaps = Record<string, unknown>

function spfStep(spf: DomainRecords['spf'], gaps: Gaps): Step {
  if (spf.is === 'unasked') return unasked('spf', gaps)
  if (spf.is === 'good') return record('spf', 'good', 'spfGood', null, gaps)
  if (spf.is === 'unknown') return record('spf', 'good', 'spfUnknown', null, gaps)
  if (spf.is === 'two') return record('spf', 'warning', 'spfTwo', 'spfTwoRemedy', gaps)
  if (spf.is === 'missing') return record('spf', 'warning', 'spfMissing', 'spfMissingRemedy', gaps)
  const include = spf.is === 'other' ? spf.include : ''
  return record('spf', 'warning', 'spfOther', 'spfOtherRemedy', { ...gaps, include })
}
function dkimStep(dkim: DomainRecords['dkim'], gaps: Gaps): Step {
  if (dkim.is === 'unasked') return unasked('dkim', gaps)
  if (dkim.is === 'good') return record('dkim', 'good', 'dkimGood', null, { ...gaps, selector: dkim.selector })
  return record('dkim', 'warning', 'dkimUnknown', 'dkimRemedy', gaps)
}
function dmarcStep(dmarc: DomainRecords['dmarc'], gaps: Gaps): Step {
  if (dmarc.is === 'unasked') return unasked('dmarc', gaps)
  if (dmarc.is === 'good') return record('dmarc', 'good', 'dmarcGood', null, { ...gaps, policy: dmarc.policy })
  return record('dmarc', 'warning', 'dmarcMissing', 'dmarcRemedy', gaps)
}
function record(step: Step['step'], outcome: Step['outcome'], says: string, remedy: string | null, gaps: Gaps): Step {
  return {
    step,
    outcome,
    says: t(`channels:check.${says}`, gaps),
    remedy: remedy && t(`channels:check.${remedy}`, gaps),
    took: 0,
  }
}
function unasked(step: Step['step'], gaps: Gaps): Step {
  return record(step, 'skipped', 'noDns', null, gaps)
}

function stepOf(trouble: MailTrouble, steps: Names): Step['step'] {
  if (trouble.code.startsWith('tls-')) return steps.tls
  if (trouble.code === 'not-mail') return steps.port
  return steps.signIn
}

function good(step: Step['step'], says: string, since: number): Step {
  return { step, outcome: 'good', says, remedy: null, took: Date.now() - since }
}
function bad(step: Step['step'], trouble: MailTrouble, gaps: Gaps, since: number): Step {
  const all = { ...gaps, detail: trouble.detail }
  return {
    step,
    outcome: 'bad',
    says: t(`channels:trouble.${trouble.code}.says`, all),
    remedy: t(`channels:trouble.${trouble.code}.remedy`, all),
    took: Date.now() - since,
  }
}
function skipped(steps: Step['step'][], says = 'check.notTried'): Step[] {
  return steps.map(step => ({ step, outcome: 'skipped', says: t(`channels:${says}`), remedy: null, took: 0 }))
}
function failed(steps: Step[]): boolean {
  return steps.some(step => step.outcome === 'bad')
}
function rest(steps: Step[], all: Step['step'][]): Step['step'][] {
  return all.filter(step => !steps.some(told => told.step === step))
}
/** STARTTLS is tried only with the sign-in: what it says then replaces what was assumed. */
function once(steps: Step[]): Step[] {
  return steps.filter((step, place) => !steps.some((later, at) => at > place && later.step === step.step))
}

function placeGaps(place: ServerSettings): Gaps {
  const usual: Record<number, number> = { 993: 143, 143: 993, 465: 587, 587: 465, 25: 587 }
  const security = { tls: 'TLS', starttls: 'STARTTLS', none: '–' }[place.security]
  return { host: place.host, port: place.port, usual: usual[place.port] ?? place.port, security }
}

async function deadline<T>(act: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new MailTrouble('no-answer', 'no answer in time')), deadlineMs)
  })
  try {
    return await Promise.race([act, late])
  } finally {
    clearTimeout(timer)
  }
}
