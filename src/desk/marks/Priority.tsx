/** How urgent a conversation is: a word, a sign, and only then a colour. Nothing for what is as usual. */
import './marks.css'
import { IconArrowDown, IconArrowUp, IconFlag, IconFlame } from '@tabler/icons-react'
import type { Priority } from '../../contract/marks.ts'
import { t } from '../../words/desk.ts'

const looks = { size: 15, stroke: 1.8, 'aria-hidden': true } as const
export const priorities: readonly Priority[] = [2, 1, 0, -1]
const keys = { '2': 'urgent', '1': 'high', '0': 'normal', '-1': 'low' } as const
const icons = { '2': IconFlame, '1': IconArrowUp, '0': IconFlag, '-1': IconArrowDown } as const

export const priorityWord = (priority: Priority) => t(`marks:priority.${keys[`${priority}`]}`)

export function PriorityIcon({ priority }: { priority: Priority }) {
  const Icon = icons[`${priority}`]
  return <Icon {...looks} />
}

export function PriorityMark({ priority }: { priority: Priority }) {
  if (priority === 0) return null
  return (
    <span className="prio small" data-priority={priority}>
      <PriorityIcon priority={priority} />
      {priorityWord(priority)}
    </span>
  )
}
