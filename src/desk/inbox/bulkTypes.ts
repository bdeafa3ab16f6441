/** What acts on many rows ask first, and how they are done. */
import type { BulkAct } from '../../contract/bulk.ts'
import type { Row } from '../../contract/conversations.ts'

export type Asking = 'assign' | 'tag' | 'priority' | 'move' | 'snooze' | 'close'
export type Does = (act: BulkAct, words: string, change?: Partial<Row> | null) => void
