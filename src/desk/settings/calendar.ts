/** A working calendar as the screens hold it. */
import type { z } from 'zod'
import type { CalendarView } from '../../contract/teams.ts'

export type Calendar = z.infer<typeof CalendarView>
