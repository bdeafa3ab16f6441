/** What is known of mail providers: servers by domain and by MX, the names of their SPF records, and where DKIM keys usually lie. A table, no decisions. */
import type { Provider } from './tables.ts'

export type Server = { host: string; port: number; security: 'tls' | 'starttls' | 'none' }
export type Known = {
  provider: string
  domains: readonly string[]
  imap: Server
  smtp: Server
  oauth?: Provider
  plus?: boolean
  /** Names a sentence in the catalogue. */
  advice?: 'app-password' | 'switch-on-imap' | 'bridge' | 'oauth-only'
}

export const tls = (host: string): Server => ({ host, port: 993, security: 'tls' })
export const submit = (host: string): Server => ({ host, port: 587, security: 'starttls' })
const submitTls = (host: string): Server => ({ host, port: 465, security: 'tls' })

export const known: readonly Known[] = [
  {
    provider: 'Google',
    domains: ['gmail.com', 'googlemail.com'],
    imap: tls('imap.gmail.com'),
    smtp: submitTls('smtp.gmail.com'),
    oauth: 'google',
    plus: true,
    advice: 'app-password',
  },
  {
    provider: 'Microsoft 365',
    domains: ['onmicrosoft.com'],
    imap: tls('outlook.office365.com'),
    smtp: submit('smtp.office365.com'),
    oauth: 'microsoft',
    plus: true,
    advice: 'oauth-only',
  },
  {
    provider: 'Outlook.com',
    domains: [
      'outlook.com',
      'hotmail.com',
      'live.com',
      'msn.com',
      'outlook.de',
      'outlook.fr',
      'outlook.es',
      'hotmail.co.uk',
      'hotmail.fr',
    ],
    imap: tls('outlook.office365.com'),
    smtp: submit('smtp-mail.outlook.com'),
    oauth: 'microsoft',
    plus: true,
    advice: 'oauth-only',
  },
  {
    provider: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm', 'messagingengine.com', 'sent.com'],
    imap: tls('imap.fastmail.com'),
    smtp: submitTls('smtp.fastmail.com'),
    plus: true,
    advice: 'app-password',
  },
  {
    provider: 'iCloud',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    imap: tls('imap.mail.me.com'),
    smtp: submit('smtp.mail.me.com'),
    plus: true,
    advice: 'app-password',
  },
  {
    provider: 'Yahoo',
    domains: [
      'yahoo.com',
      'yahoo.de',
      'yahoo.fr',
      'yahoo.es',
      'yahoo.it',
      'yahoo.co.uk',
      'ymail.com',
      'rocketmail.com',
    ],
    imap: tls('imap.mail.yahoo.com'),
    smtp: submitTls('smtp.mail.yahoo.com'),
    advice: 'app-password',
  },
  {
    provider: 'AOL',
    domains: ['aol.com', 'aim.com'],
    imap: tls('imap.aol.com'),
    smtp: submitTls('smtp.aol.com'),
    advice: 'app-password',
  },
  {
    provider: 'GMX',
    domains: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch'],
    imap: tls('imap.gmx.net'),
    smtp: submit('mail.gmx.net'),
    advice: 'switch-on-imap',
  },
  {
    provider: 'GMX',
    domains: ['gmx.com', 'gmx.us', 'gmx.co.uk', 'gmx.fr', 'gmx.es'],
    imap: tls('imap.gmx.com'),
    smtp: submit('mail.gmx.com'),
    advice: 'switch-on-imap',
  },
  {
    provider: 'WEB.DE',
    domains: ['web.de'],
    imap: tls('imap.web.de'),
    smtp: submit('smtp.web.de'),
    advice: 'switch-on-imap',
  },
  {
    provider: 'IONOS',
    domains: ['ionos.de', 'ionos.com', '1und1.de', 'online.de'],
    imap: tls('imap.ionos.de'),
    smtp: submitTls('smtp.ionos.de'),
  },
  {
    provider: 'OVHcloud',
    domains: ['ovh.net', 'ovh.com', 'ovhcloud.com'],
    imap: tls('ssl0.ovh.net'),
    smtp: submitTls('ssl0.ovh.net'),
  },
  {
    provider: 'Zoho',
    domains: ['zoho.com', 'zohomail.com'],
    imap: tls('imap.zoho.com'),
    smtp: submitTls('smtp.zoho.com'),
    plus: true,
    advice: 'switch-on-imap',
  },
  {
    provider: 'Zoho',
    domains: ['zoho.eu', 'zohomail.eu'],
    imap: tls('imap.zoho.eu'),
    smtp: submitTls('smtp.zoho.eu'),
    plus: true,
    advice: 'switch-on-imap',
  },
  {
    provider: 'mailbox.org',
    domains: ['mailbox.org'],
    imap: tls('imap.mailbox.org'),
    smtp: submitTls('smtp.mailbox.org'),
    plus: true,
  },
  {
    provider: 'Posteo',
    domains: ['posteo.de', 'posteo.net', 'posteo.org', 'posteo.eu'],
    imap: tls('posteo.de'),
    smtp: submitTls('posteo.de'),
    plus: true,
  },
  {
    provider: 'Proton',
    domains: ['proton.me', 'protonmail.com', 'pm.me', 'protonmail.ch'],
    imap: { host: '127.0.0.1', port: 1143, security: 'starttls' },
    smtp: { host: '127.0.0.1', port: 1025, security: 'starttls' },
    plus: true,
    advice: 'bridge',
  },
  {
    provider: 'Infomaniak',
    domains: ['infomaniak.com', 'ik.me', 'ikmail.com', 'etik.com'],
    imap: tls('mail.infomaniak.com'),
    smtp: submitTls('mail.infomaniak.com'),
    plus: true,
  },
  {
    provider: 'Gandi',
    domains: ['gandi.net'],
    imap: tls('mail.gandi.net'),
    smtp: submitTls('mail.gandi.net'),
    plus: true,
  },
  {
    provider: 'Hetzner',
    domains: ['your-server.de', 'hetzner.com', 'hetzner.de'],
    imap: tls('mail.your-server.de'),
    smtp: submitTls('mail.your-server.de'),
  },
  {
    provider: 'STRATO',
    domains: ['strato.de', 'rzone.de'],
    imap: tls('imap.strato.de'),
    smtp: submitTls('smtp.strato.de'),
  },
  {
    provider: 'T-Online',
    domains: ['t-online.de', 'magenta.de'],
    imap: tls('secureimap.t-online.de'),
    smtp: submitTls('securesmtp.t-online.de'),
    advice: 'app-password',
  },
  {
    provider: 'Freenet',
    domains: ['freenet.de'],
    imap: tls('mx.freenet.de'),
    smtp: submitTls('mx.freenet.de'),
    advice: 'switch-on-imap',
  },
  {
    provider: 'Yandex',
    domains: ['yandex.ru', 'yandex.com', 'ya.ru', 'yandex.kz', 'yandex.by'],
    imap: tls('imap.yandex.com'),
    smtp: submitTls('smtp.yandex.com'),
    plus: true,
    advice: 'app-password',
  },
  {
    provider: 'Mail.ru',
    domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru', 'internet.ru'],
    imap: tls('imap.mail.ru'),
    smtp: submitTls('smtp.mail.ru'),
    advice: 'app-password',
  },
  {
    provider: 'Orange',
    domains: ['orange.fr', 'wanadoo.fr'],
    imap: tls('imap.orange.fr'),
    smtp: submitTls('smtp.orange.fr'),
  },
  { provider: 'Free', domains: ['free.fr'], imap: tls('imap.free.fr'), smtp: submitTls('smtp.free.fr') },
  {
    provider: 'La Poste',
    domains: ['laposte.net'],
    imap: tls('imap.laposte.net'),
    smtp: submitTls('smtp.laposte.net'),
    advice: 'switch-on-imap',
  },
  {
    provider: 'Seznam',
    domains: ['seznam.cz', 'email.cz', 'post.cz'],
    imap: tls('imap.seznam.cz'),
    smtp: submitTls('smtp.seznam.cz'),
  },
  {
    provider: 'WP',
    domains: ['wp.pl', 'o2.pl'],
    imap: tls('imap.wp.pl'),
    smtp: submitTls('smtp.wp.pl'),
    advice: 'switch-on-imap',
  },
  {
    provider: 'Runbox',
    domains: ['runbox.com', 'runbox.no'],
    imap: tls('mail.runbox.com'),
    smtp: submitTls('mail.runbox.com'),
    plus: true,
  },
  {
    provider: 'Migadu',
    domains: ['migadu.com'],
    imap: tls('imap.migadu.com'),
    smtp: submitTls('smtp.migadu.com'),
    plus: true,
  },
  {
    provider: 'Purelymail',
    domains: ['purelymail.com'],
    imap: tls('imap.purelymail.com'),
    smtp: submitTls('smtp.purelymail.com'),
    plus: true,
  },
  {
    provider: 'Amazon WorkMail',
    domains: ['awsapps.com'],
    imap: tls('imap.mail.eu-west-1.awsapps.com'),
    smtp: submitTls('smtp.mail.eu-west-1.awsapps.com'),
  },
  {
    provider: 'QQ Mail',
    domains: ['qq.com', 'foxmail.com'],
    imap: tls('imap.qq.com'),
    smtp: submitTls('smtp.qq.com'),
    advice: 'app-password',
  },
]
