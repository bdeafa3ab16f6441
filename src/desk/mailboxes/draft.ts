/** What stands in the mailbox form before it is settings: every field as it is typed. */
import type { z } from 'zod'
import type { MailboxSettings, MailboxView, preset, Security } from '../../contract/mailboxes.ts'
import type { Input, Output } from '../api.ts'

export type Settings = z.input<typeof MailboxSettings>
type Server = { host: string; port: string; security: z.infer<typeof Security>; user: string; password: string }
export type Draft = {
  address: string
  fromName: string
  teamId: string
  receiveBy: 'imap' | 'listener'
  imap: Server & { folder: string }
  smtp: Server
  sends: boolean
  sameSignIn: boolean
  oauth: 'google' | 'microsoft' | null
  aliases: string
  plusAddressing: boolean
  trustedServer: string
  startFrom: 'now' | 'all'
}
export type Preset = Output<typeof preset>
export type PresetInput = Input<typeof preset>

const noServer: Server = { host: '', port: '', security: 'tls', user: '', password: '' }

export function emptyDraft(address: string, fromName: string, teamId: string): Draft {
  return {
    address,
    fromName,
    teamId,
    receiveBy: 'imap',
    imap: { ...noServer, port: '993', user: address, folder: 'INBOX' },
    smtp: { ...noServer, port: '465', user: address },
    sends: true,
    sameSignIn: true,
    oauth: null,
    aliases: '',
    plusAddressing: false,
    trustedServer: '',
    startFrom: 'now',
  }
}

const asTyped = <S extends { port: number }>(server: S) => ({ ...server, port: String(server.port) })

/** The provider's settings in the form; what was typed by hand before is replaced. */
export function withPreset(draft: Draft, found: Preset): Draft {
  return {
    ...draft,
    imap: found.imap ? { ...draft.imap, ...asTyped(found.imap) } : draft.imap,
    smtp: found.smtp ? { ...draft.smtp, ...asTyped(found.smtp) } : draft.smtp,
    plusAddressing: found.plusAddressing,
  }
}

export function draftOf(box: z.infer<typeof MailboxView>): Draft {
  const draft = emptyDraft(box.address, box.fromName, box.teamId)
  return {
    ...draft,
    receiveBy: box.receiveBy === 'listener' ? 'listener' : 'imap',
    imap: box.imap ? { ...draft.imap, ...asTyped(box.imap) } : draft.imap,
    smtp: box.smtp ? { ...draft.smtp, ...asTyped(box.smtp) } : draft.smtp,
    sends: box.smtp !== null,
    sameSignIn: !box.smtp || !box.imap || box.smtp.user === box.imap.user,
    oauth: box.oauth,
    aliases: box.aliases.join(', '),
    plusAddressing: box.plusAddressing,
    trustedServer: box.trustedServer ?? '',
    startFrom: box.startFrom,
  }
}

/** As the contract wants it. An empty password is left out, which keeps the stored one. */
export function settingsOf(draft: Draft): Settings {
  const { imap, smtp } = draft
  const fetched = draft.receiveBy === 'imap'
  const user = draft.sameSignIn && fetched ? imap.user : smtp.user
  const smtpPassword = draft.sameSignIn && fetched ? imap.password : smtp.password
  return {
    address: draft.address.trim(),
    fromName: draft.fromName,
    teamId: draft.teamId,
    receiveBy: draft.receiveBy,
    imap: fetched
      ? {
          host: imap.host.trim(),
          port: Number(imap.port),
          security: imap.security,
          user: imap.user.trim(),
          folder: imap.folder || 'INBOX',
        }
      : null,
    smtp: draft.sends
      ? { host: smtp.host.trim(), port: Number(smtp.port), security: smtp.security, user: user.trim() }
      : null,
    ...(fetched && imap.password && !draft.oauth ? { password: imap.password } : {}),
    ...(draft.sends && smtpPassword && !draft.oauth ? { smtpPassword } : {}),
    oauth: draft.oauth,
    aliases: draft.aliases.split(/[\s,;]+/).filter(Boolean),
    plusAddressing: draft.plusAddressing,
    trustedServer: draft.trustedServer.trim() || null,
    startFrom: draft.startFrom,
  }
}
