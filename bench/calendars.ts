/**
 * Working-time arithmetic against an oracle that steps minute by minute: random calendars in all IANA zones, and around every
 * change of clocks from 2020 to 2035. See README.md for each figure.
 */
import { afterWorkingMinutes, nextWorkingMoment } from '../src/domain/promises/working-time.ts'
import { aCase, chanceOf, changesOf } from './lib/calendarCases.ts'
import { progress, round, tell } from './lib/figures.ts'
import { given } from './lib/given.ts'
import { layout, stepped, tableOf } from './lib/wallOracle.ts'

const asked = given({ cases: 500_000, seed: 1 })
const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/GMT+12', 'Etc/GMT-14'])]
const tables = zones.map(tableOf)
const changes = tables.flatMap(table => changesOf(table).map(at => ({ table, at })))
progress(`${zones.length} zones, ${changes.length} changes of clocks`)

const chance = chanceOf(asked.seed)
const wrong: string[] = []
let [cases, differences, spent] = [0, 0, 0]
const tenth = Math.ceil(asked.cases / 10)
while (cases < asked.cases) {
  const change =
    cases < changes.length ? changes[cases]! : chance() < 0.3 ? changes[Math.floor(chance() * changes.length)]! : null
  const table = change?.table ?? tables[Math.floor(chance() * tables.length)]!
  const { calendar, from, minutes } = aCase(chance, table, change?.at ?? null)
  const laid = layout(calendar)
  const due = stepped(table, laid, from, minutes)
  const first = stepped(table, laid, from, 1)
  const began = performance.now()
  const mine = afterWorkingMinutes(calendar, new Date(from), minutes).getTime()
  const opens = nextWorkingMoment(calendar, new Date(from)).getTime()
  spent += performance.now() - began
  cases++
  if (mine !== due || first === null || opens !== first - 60_000) {
    differences++
    if (wrong.length < 5)
      wrong.push(
        `${calendar.zone} ${new Date(from).toISOString()} +${minutes}: ${new Date(mine).toISOString()}, stepped ${due === null ? 'never' : new Date(due).toISOString()} ${JSON.stringify([calendar.hours, [...calendar.holidays]])}`,
      )
  }
  if (cases % tenth === 0) progress(`${cases} cases, ${differences} differences`)
}
for (const line of wrong) progress(line)
tell(
  {
    cases,
    differences,
    zones: zones.length,
    changes: changes.length,
    microsecondsPerCase: round((spent * 1000) / cases),
  },
  asked.json,
)
process.exitCode = differences > 0 ? 1 : 0
