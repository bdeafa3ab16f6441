/** The questions several mailbox screens ask. */
import { mailboxes } from '../../contract/mailboxes.ts'
import { calendars, members, teams } from '../../contract/teams.ts'
import { query } from '../api.ts'

export const mailboxesQuery = query(mailboxes, {})
export const teamsQuery = query(teams, {})
export const membersQuery = query(members, {})
export const calendarsQuery = query(calendars, {})
