/**
 * Puts what is ripe into the outbox, one mail a person: one thing as itself, several as a digest. The notification and its
 * mail change in one transaction, so that a crash mails nothing twice. Automatic mail: it draws on the same budget as all.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import { automaticBudget, enqueue, oneMail, ownSender } from '../channels/index.ts'
import { choicesOf, type Wanted } from './choices.ts'
import { itemOf, moveTo, type Ripe, ripeOf, takePeople } from './outbound.ts'
import { afterQuiet, isQuiet } from './rules.ts'

const most = 30
/** Where there is no way out just now: no mailbox, or too many mails to one address already. */
const againMs = 10 * 60_000

type Address = { id: string; written: string; normal: string }
type Parts = { db: Db; baseUrl: URL; clock: () => Date }

/** Returns how many people were looked after; at most some at a time. */
export async function mailRound({ db, baseUrl, clock }: Parts): Promise<number> {
  return inTransaction(db, async tx => {
    const now = clock()
    const people = await takePeople(tx, 'mail', now)
    if (people.length === 0) return 0
    const wanted = await choicesOf(tx, people)
    const addresses = await addressesOf(tx, people)
    const budget = await automaticBudget(
      tx,
      [...addresses.values()].map(each => each.normal),
      now,
    )
    const sender = await ownSender(tx)
    for (const [personId, ripe] of await ripeOf(tx, people, 'mail', now)) {
      const theirs = wanted.get(personId)
      const address = addresses.get(personId)
      const stands = theirs && address ? ripe.filter(each => each.stands && wantsMail(theirs, each)) : []
      await moveTo(
        tx,
        'mail',
        ripe.filter(each => !stands.includes(each)).map(each => each.id),
        null,
      )
      if (!theirs || !address || stands.length === 0) continue
      const ids = stands.map(each => each.id)
      const { choices, zone } = theirs
      const asked = stands.some(each => each.kind === 'test')
      if (!asked && isQuiet(choices, zone, now)) await moveTo(tx, 'mail', ids, afterQuiet(choices, zone, now))
      else if (!sender || !(budget.get(address.normal) ?? 0))
        await moveTo(tx, 'mail', ids, new Date(now.getTime() + againMs))
      else await mail(tx, { stands, address, theirs, sender, baseUrl, now })
    }
    return people.length
  })
}

function wantsMail({ choices }: Wanted, { kind }: Ripe): boolean {
  return kind === 'test' || choices.kinds[kind].mail !== 'no'
}

async function mail(
  tx: Tx,
  it: {
    stands: Ripe[]
    address: Address
    theirs: Wanted
    sender: { id: string; address: string }
    baseUrl: URL
    now: Date
  },
) {
  const { stands, address, theirs, sender, baseUrl, now } = it
  const id = randomUUIDv7()
  await enqueue(tx, [
    oneMail({
      ...{ id, from: sender, to: address, now, automatic: true },
      content: {
        is: 'notification',
        subject: null,
        fromName: null,
        to: [{ name: theirs.name, address: address.written }],
        language: theirs.language,
        zone: theirs.zone,
        items: stands.slice(0, most).map(each => itemOf(each, baseUrl, theirs.choices.showsWords)),
        more: Math.max(0, stands.length - most),
        list: new URL('/notifications', baseUrl).href,
        settings: new URL('/settings/notifications', baseUrl).href,
      },
    }),
  ])
  await sql`update notification set mail_at = null, outbox_id = ${id}::uuid where id = any(${stands.map(each => each.id)}::uuid[])`.execute(
    tx,
  )
}

/** One's first address that was proved and takes mail. */
async function addressesOf(tx: Tx, people: readonly string[]): Promise<Map<string, Address>> {
  const { rows } = await sql<Address & { personId: string }>`
    select distinct on (person_id) person_id, id, written, normal from address where person_id = any(${people}::uuid[]) and kind = 'mail' and suspended_at is null
    order by person_id, verified_at is null, number`.execute(tx)
  return new Map(rows.map(row => [row.personId, row]))
}
