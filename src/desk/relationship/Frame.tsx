/** The page of a relationship: a column to read, and beside it who and what belongs to it; below it where there is little room. */
import './relationship.css'
import type { ReactNode, RefObject } from 'react'
import { t } from '../../words/relationship.ts'

type Props = { scroll: RefObject<HTMLDivElement | null>; side: ReactNode; children: ReactNode }

export function Frame({ scroll, side, children }: Props) {
  return (
    <div className="rel" ref={scroll}>
      <main className="relcol" id="page" tabIndex={-1}>
        {children}
      </main>
      <aside className="relside" aria-label={t('relationship:side.label')}>
        {side}
      </aside>
    </div>
  )
}
