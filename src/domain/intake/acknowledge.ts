/** The acknowledgement of a mail: who has it and by when, in the customer's language. Carries nothing of an unproven sender's text (S14). */
import { randomUUIDv7 } from 'node:crypto'
import { newRfcId, type Outgoing, oneMail } from '../channels/index.ts'
import type { Found } from '../people/index.ts'
import type { Working } from './batch.ts'
import type { MailboxFacts } from './known.ts'
import { bare, type Mail } from './mail.ts'
import type { World } from './world.ts'

type About = {
  mail: Mail
  author: Found
  mailbox: MailboxFacts
  working: Working
  /** the address is verified, now or by an earlier exchange */
  proven: boolean
  dueAt: Date
  world: Pick<World, 'installation' | 'facts' | 'standIns'>
}

const longestSaid = 600

/** The number is known once the conversation is written. */
export function acknowledgementOf({
  mail,
  author,
  mailbox,
  working,
  proven,
  dueAt,
  world,
}: About): (number: number) => Outgoing {
  const { arrived, reading } = mail
  const same = { id: randomUUIDv7(), rfcId: newRfcId(mailbox) }
  const name = reading.from?.name.trim() || author.name
  const messageId = bare(reading.messageId)
  const customer = world.facts.get(author.personId)
  // While the owner is away somebody else answers, and is the one to name.
  const owner = working.ownerId
    ? (world.standIns.get(`${working.ownerId} ${working.teamId}`) ?? world.facts.get(working.ownerId)?.name)
    : mailbox.onDuty?.name
  return number =>
    oneMail({
      ...same,
      ...{ from: mailbox, to: { ...author, id: author.addressId }, now: arrived.arrivedAt },
      conversationId: working.id,
      automatic: true,
      content: {
        is: 'acknowledgement',
        subject: proven ? reading.subject : null,
        fromName: null,
        to: [{ name: proven ? name : '', address: author.written }],
        cc: [],
        inReplyTo: messageId,
        references: [...reading.references.map(bare), messageId]
          .filter(each => each !== null && !/[\r\n\0]/.test(each))
          .slice(-20) as string[],
        language: customer?.language ?? reading.language ?? world.installation.language,
        zone: customer?.zone ?? world.installation.zone,
        number,
        greets: proven && !name.includes('@') ? name : null,
        owner: owner ?? null,
        team: mailbox.teamName,
        dueAt: dueAt.toISOString(),
        wroteAt: arrived.arrivedAt.toISOString(),
        said: proven ? (reading.trimmed || reading.text).slice(0, longestSaid).toWellFormed() : null,
      },
    })
}
