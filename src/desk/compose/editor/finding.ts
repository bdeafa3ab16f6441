/** What a list below the caret shows: options to choose from, or why there are none. Shapes only. */
import type { ReactNode } from 'react'
import type { Option } from './optionKeys.ts'

type Shown = Option & { label: ReactNode; detail?: ReactNode; preview?: ReactNode }
export type Finding = { options: Shown[]; waits: boolean; none: string }
