/** Puts the mail with somebody's one-time link, or with what changed about their signing in, into the outbox. Access cannot do it itself: channels stand above it. Says nothing when no mailbox can send. */
import { type AccountMail, installation } from './domain/access/index.ts'
import { enqueue, oneMail, ownSender } from './domain/channels/index.ts'
import type { Tx } from './platform/db/index.ts'

export async function accountMail(tx: Tx, mail: AccountMail): Promise<void> {
  const mailbox = await ownSender(tx)
  if (!mailbox) return
  const { language, zone } = await installation(tx)
  await enqueue(tx, [
    oneMail({
      ...{ from: mailbox, to: mail.address, now: mail.now },
      // Somebody asked for it and waits: it draws on no budget and stands behind no bulk.
      automatic: false,
      content: {
        is: 'account',
        subject: null,
        fromName: null,
        to: [{ name: mail.name, address: mail.address.written }],
        language: mail.language ?? language,
        zone: mail.zone ?? zone,
        about: mail.about,
        link: mail.link,
        until: mail.until?.toISOString() ?? null,
        invitedBy: mail.invitedBy,
      },
    }),
  ])
}
