/** Members, teams, duty and working calendars: who serves, when, and who may do what. */
import { z } from 'zod'
import { Done, endpoint, Id, MailAddress, Moment, Nothing, Zone } from './kit.ts'
import { Role } from './session.ts'

export const MemberView = z.object({
  id: Id,
  name: z.string(),
  address: z.string(),
  administrator: z.boolean(),
  disabledAt: Moment.nullable(),
  expiresAt: Moment.nullable(),
  invited: z.boolean(),
  /** a second factor is set up */
  secondFactor: z.boolean(),
  /** unfinished conversations that are theirs: covered by others when they rest */
  owns: z.number(),
  teams: z.array(z.object({ id: Id, name: z.string(), role: Role })),
})
export const members = endpoint('GET', '/api/v1/members', Nothing, z.object({ members: z.array(MemberView) }))
/** Members one may hand a conversation to or mention: of the teams one is in. */
export const colleagues = endpoint(
  'GET',
  '/api/v1/colleagues',
  Nothing,
  z.object({ colleagues: z.array(z.object({ id: Id, name: z.string(), teams: z.array(Id) })) }),
)
/** Invites by mail when a mailbox can send; the link comes back as well, to be handed over by other means. */
export const invite = endpoint(
  'POST',
  '/api/v1/members',
  z.strictObject({
    name: z.string().trim().min(1).max(300),
    address: MailAddress,
    administrator: z.boolean().default(false),
    expiresAt: Moment.nullable().default(null),
    teams: z
      .array(z.strictObject({ teamId: Id, role: Role }))
      .max(100)
      .default([]),
  }),
  z.object({ member: MemberView, link: z.string() }),
)
export const changeMember = endpoint(
  'PUT',
  '/api/v1/members/:memberId',
  z.strictObject({
    memberId: Id,
    administrator: z.boolean().optional(),
    disabled: z.boolean().optional(),
    expiresAt: Moment.nullable().optional(),
  }),
  z.object({ member: MemberView }),
)
export const linkForMember = endpoint(
  'POST',
  '/api/v1/members/:memberId/link',
  z.strictObject({ memberId: Id }),
  z.object({ link: z.string() }),
)

export const TeamView = z.object({
  id: Id,
  name: z.string(),
  fallback: z.object({ id: Id, name: z.string() }),
  calendarId: Id,
  replyWithin: z.number(),
  followUpDays: z.number(),
  reopenDays: z.number(),
  members: z.array(z.object({ id: Id, name: z.string(), role: Role })),
  onDuty: z.array(z.object({ id: Id, name: z.string() })),
})
export const teams = endpoint('GET', '/api/v1/teams', Nothing, z.object({ teams: z.array(TeamView) }))
const TeamFields = {
  name: z.string().trim().min(1).max(100),
  fallbackId: Id,
  calendarId: Id,
  replyWithin: z.int().min(1).max(100_000),
  followUpDays: z.int().min(1).max(90),
  reopenDays: z.int().min(0).max(365),
}
export const makeTeam = endpoint('POST', '/api/v1/teams', z.strictObject(TeamFields), z.object({ team: TeamView }))
export const changeTeam = endpoint(
  'PUT',
  '/api/v1/teams/:teamId',
  z.strictObject({ teamId: Id }).extend(z.strictObject(TeamFields).partial().shape),
  z.object({ team: TeamView }),
)
export const setRole = endpoint(
  'PUT',
  '/api/v1/teams/:teamId/members/:memberId',
  z.strictObject({ teamId: Id, memberId: Id, role: Role }),
  Done,
)
export const leaveTeam = endpoint(
  'DELETE',
  '/api/v1/teams/:teamId/members/:memberId',
  z.strictObject({ teamId: Id, memberId: Id }),
  Done,
)

export const DutyView = z.object({ id: Id, memberId: Id, name: z.string(), from: Moment, to: Moment })
export const duties = endpoint(
  'GET',
  '/api/v1/teams/:teamId/duty',
  z.strictObject({ teamId: Id, from: Moment.optional(), to: Moment.optional() }),
  z.object({ duties: z.array(DutyView) }),
)
export const addDuty = endpoint(
  'POST',
  '/api/v1/teams/:teamId/duty',
  z.strictObject({ teamId: Id, memberId: Id, from: Moment, to: Moment }),
  z.object({ duty: DutyView }),
)
export const removeDuty = endpoint(
  'DELETE',
  '/api/v1/teams/:teamId/duty/:dutyId',
  z.strictObject({ teamId: Id, dutyId: Id }),
  Done,
)

const Hours = z
  .array(
    z.strictObject({ weekday: z.int().min(1).max(7), from: z.int().min(0).max(1439), to: z.int().min(1).max(1440) }),
  )
  .min(1)
  .max(70)
const Holidays = z.array(z.strictObject({ day: z.iso.date(), name: z.string().max(100) })).max(1000)
export const CalendarView = z.object({
  id: Id,
  name: z.string(),
  zone: z.string(),
  hours: z.array(z.object({ weekday: z.number(), from: z.number(), to: z.number() })),
  holidays: z.array(z.object({ day: z.string(), name: z.string() })),
})
export const calendars = endpoint('GET', '/api/v1/calendars', Nothing, z.object({ calendars: z.array(CalendarView) }))
export const saveCalendar = endpoint(
  'PUT',
  '/api/v1/calendars/:calendarId',
  z.strictObject({
    calendarId: Id,
    name: z.string().trim().min(1).max(100),
    zone: Zone,
    hours: Hours,
    holidays: Holidays,
  }),
  z.object({ calendar: CalendarView }),
)
