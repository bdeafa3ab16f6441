/** A link to a path that is put together: goes there without loading the desk anew. */
import { useRouter } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

export function Going({
  to,
  ...link
}: { to: string } & Omit<ComponentPropsWithRef<'a'>, 'href' | 'onClick'> & { [data: `data-${string}`]: unknown }) {
  const { history } = useRouter()
  return (
    <a
      {...link}
      href={to}
      onClick={event => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        history.push(to)
      }}
    />
  )
}
