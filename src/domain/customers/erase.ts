/** Somebody asks that what we have of them is erased: confirmed by their mail, it comes to a person as a message, with a promise like any other. Erases nothing by itself. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import type { TakeIn } from '../channels/index.ts'
import { addressOf } from '../people/index.ts'
import { takeWritten } from './arrive.ts'
import { type Customer, takeLink } from './sessions.ts'
import { mailLink } from './sign-in.ts'

type Parts = {
  db: Db
  takeIn: TakeIn
  replyKeys: readonly Buffer[]
  change: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>
}

export async function askErasure(
  { change }: Parts,
  { customer, origin }: { customer: Customer; origin: string },
  now: Date,
): Promise<void> {
  await change(async tx => {
    const address = await addressOf(tx, customer.personId)
    // To the address they signed in with: it is the one they showed to be theirs.
    if (address)
      await mailLink(
        tx,
        {
          ...address,
          id: customer.addressId,
          written: customer.written,
          normal: customer.normal,
          number: customer.number,
        },
        { purpose: 'erase', next: null, origin },
        now,
      )
  })
}

/** False for a link that is over. */
export async function eraseAsked(
  { db, takeIn, replyKeys, change }: Parts,
  it: { token: string; mailboxId: string; subject: string; text: string; press: string },
  now: Date,
): Promise<boolean> {
  const asked = await change(async tx => {
    const link = await takeLink(tx, it.token, 'erase', now)
    if (!link) return null
    const { rows } = await sql<{ name: string; mailboxAddress: string }>`
      select p.name, (select b.address from mailbox b where b.id = ${it.mailboxId}::uuid) as mailbox_address from person p where p.id = ${link.personId}::uuid`.execute(
      tx,
    )
    await record(tx, {
      ...{ kind: 'customer.erasure-asked', subjectId: link.personId, actorId: null, scopes: [], at: now, facts: {} },
    })
    return { ...link, ...rows[0]! }
  })
  if (!asked) return false
  const written = {
    ...{ press: it.press, subject: it.subject, text: it.text, files: [], into: null, signedIn: true },
    from: { name: asked.name, address: asked.written },
    mailbox: { id: it.mailboxId, address: asked.mailboxAddress },
  }
  await takeWritten({ db, takeIn, keys: replyKeys }, written, now)
  return true
}
