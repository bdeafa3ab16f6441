/** The cursor of Today: it walks over everything on the page that can be acted on, and its keys act on where it stands. */
import { useEffect, useState } from 'react'
import type { DuePromise } from '../../contract/promises.ts'
import { t } from '../../words/catalogue.ts'
import { useActions } from '../shell/actions.ts'

/** A row's own deeds; a key without a deed does nothing there. */
export type Acting = { key: string; open?: () => void; reply?: () => void; done?: () => void; move?: () => void }

/** `of`: somebody else, whose promise this is. */
export type DueActing = Acting & { due: DuePromise; of?: string }

export function useActing(rows: readonly Acting[], first: string | undefined) {
  const [chosenKey, choose] = useState<string | null>(null)
  const at = Math.max(
    0,
    rows.findIndex(({ key }) => key === (chosenKey ?? first)),
  )
  const chosen = rows[at]
  const step = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))]
    if (next) choose(next.key)
  }
  useActions([
    { id: 'today-down', label: t('today:key.down'), keys: 'j', group: 'lists', hidden: true, run: () => step(1) },
    { id: 'today-up', label: t('today:key.up'), keys: 'k', group: 'lists', hidden: true, run: () => step(-1) },
    {
      id: 'today-open',
      label: t('today:key.open'),
      keys: 'Enter',
      group: 'lists',
      hidden: true,
      run: () => chosen?.open?.(),
    },
    { id: 'today-reply', label: t('today:key.reply'), keys: 'r', group: 'here', run: () => chosen?.reply?.() },
    { id: 'today-done', label: t('today:key.done'), keys: 'd', group: 'here', run: () => chosen?.done?.() },
    { id: 'today-time', label: t('today:key.newTime'), keys: 'z', group: 'here', run: () => chosen?.move?.() },
  ])
  useEffect(() => {
    if (chosenKey)
      document.querySelector('.page [data-focus], .drawer [data-focus]')?.scrollIntoView({ block: 'nearest' })
  }, [chosenKey])
  return { chosen: chosen?.key, choose }
}
