/** The first administrator: a link that is printed until it is used, and the desk they find. Refuses a second first one. */
import { randomUUIDv7 } from 'node:crypto'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { changePerson, findOrMakePeople, readAddress, verifyAddress } from '../../people/index.ts'
import { linkTo } from '../parts.ts'
import { isGuessable } from '../rules.ts'
import { hashPassword } from '../secrets.ts'
import { saveCalendarRow } from '../tables/calendars.ts'
import { nameInstallation } from '../tables/installation.ts'
import { dropLinks, linkBehind, makeLink, takeLink } from '../tables/links.ts'
import { hasAdministrator, makeMember, standInLine } from '../tables/members.ts'
import { giveRole, makeTeamRow } from '../tables/teams.ts'
import { linkBucket, refuseTooMany } from '../tables/throttle.ts'
import { t } from '../words.ts'
import { comeIn, type From, type In } from './sign-in.ts'

/** A fresh link for whoever starts Pond; those printed before stop working. Null once there is an administrator. */
export async function issueFirstAdministratorLink(tx: Tx, baseUrl: URL, now: Date): Promise<string | null> {
  await standInLine(tx, 'first-administrator')
  if (await hasAdministrator(tx)) return null
  await dropLinks(tx, { purpose: 'first-administrator' })
  const link = await makeLink(tx, null, 'first-administrator', now)
  return linkTo(baseUrl, link.token)
}

export type First = {
  token: string
  name: string
  address: string
  password: string
  organisation: string
  zone: string
  language: string
}

export async function becomeFirstAdministrator(db: Db, input: First, from: From, now: Date): Promise<In> {
  await refuseTooMany(db, [linkBucket(from.ip)], now)
  const seen = await linkBehind(db, input.token, now)
  if (seen?.purpose !== 'first-administrator') throw new Refusal('link-over', 410)
  if (isGuessable(input.password, input)) throw new Refusal('password-guessable', 400)
  const passwordHash = await hashPassword(input.password)
  return inTransaction(db, async tx => {
    await standInLine(tx, 'first-administrator')
    if (await hasAdministrator(tx)) throw new Refusal('already-begun', 409)
    const link = await takeLink(tx, input.token, now)
    if (link?.purpose !== 'first-administrator') throw new Refusal('link-over', 410)
    const personId = await makePerson(tx, input, now)
    if (!(await makeMember(tx, { personId, administrator: true, passwordHash, expiresAt: null }, now)))
      throw new Refusal('already-member', 409)
    await dropLinks(tx, { purpose: 'first-administrator' })
    await nameInstallation(tx, { name: input.organisation, zone: input.zone, language: input.language }, now)
    await record(tx, {
      kind: 'member.invited',
      subjectId: personId,
      actorId: null,
      scopes: [],
      facts: { first: true },
      at: now,
    })
    await makeFirstTeam(tx, personId, input.zone, now)
    return comeIn(tx, personId, from, { by: 'first-administrator' }, now)
  })
}

async function makePerson(tx: Tx, input: First, now: Date): Promise<string> {
  const normal = readAddress(input.address)?.normal
  const found = (await findOrMakePeople(tx, [{ address: input.address, name: input.name }], now)).get(normal ?? '')
  if (!found)
    throw new Refusal('address-unreadable', 400, { fields: [{ path: 'address', says: 'is not a mail address' }] })
  await changePerson(tx, found.personId, { name: input.name, zone: input.zone, language: input.language })
  await verifyAddress(tx, found.addressId, now)
  return found.personId
}

/** Somebody to answer and hours to answer in: from here on the first mailbox can be connected. */
async function makeFirstTeam(tx: Tx, personId: string, zone: string, now: Date) {
  const calendarId = randomUUIDv7()
  const hours = [1, 2, 3, 4, 5].map(weekday => ({ weekday, from: 9 * 60, to: 17 * 60 }))
  await saveCalendarRow(tx, { id: calendarId, name: t('access:firstCalendar'), zone, hours, holidays: [] })
  const targets = { replyWithin: 240, followUpDays: 7, reopenDays: 30 }
  const teamId = await makeTeamRow(
    tx,
    { name: t('access:firstTeam'), fallbackId: personId, calendarId, ...targets },
    now,
  )
  await giveRole(tx, teamId, personId, 'lead', now)
  const told = { actorId: personId, at: now, scopes: [teamId, personId] }
  await record(tx, { kind: 'team.changed', subjectId: teamId, ...told, facts: { made: true } })
  await record(tx, { kind: 'calendar.changed', subjectId: calendarId, ...told, facts: { made: true } })
}
