/** Tries a mailbox's settings step by step and says precisely what is wrong and what to do. Saves nothing, changes nothing in the mailbox, and sends one test mail only when asked to. */
import { compose } from '../../../platform/mail/composing/compose.ts'
import { openImap, type Secret } from '../../../platform/mail/imap/session.ts'
import { openSmtp } from '../../../platform/mail/smtp/line.ts'
import { MailTrouble, troubleOf } from '../../../platform/mail/trouble.ts'
import { newRfcId } from '../one-mail.ts'
import { letterHtml, letterText } from '../send/letter.ts'
import { letterFor } from '../send/letters.ts'
import { t } from '../words.ts'
import { type Names, reach } from './check-reach.ts'
import { checkRecords } from './check-records.ts'
import { bad, deadlineMs, failed, good, once, placeGaps, rest, type Step, skipped } from './check-steps.ts'
import type { Ask } from './domain-records.ts'
import type { ImapSettings, ServerSettings } from './tables.ts'

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

const receiving: Names = { name: 'name', port: 'port', tls: 'tls', signIn: 'sign-in' }
const sending: Names = { name: 'smtp-name', port: 'smtp-port', tls: 'smtp-tls', signIn: 'smtp-sign-in' }

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
    links: [],
    linksNote: null,
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
    links: [],
    quoted: null,
  })
  const raw = await compose({
    from: { name: fromName, address },
    to: [{ address: to }],
    subject: letter.subject,
    messageId: `<${newRfcId({ address })}>`,
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

function stepOf(trouble: MailTrouble, steps: Names): Step['step'] {
  if (trouble.code.startsWith('tls-')) return steps.tls
  if (trouble.code === 'not-mail') return steps.port
  return steps.signIn
}
