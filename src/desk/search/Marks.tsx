/** Text with what was searched for marked in it. The text is text: nothing in it is ever markup. */
import type { Marked } from '../../contract/search.ts'

export function Marks({ of: { text, marks } }: { of: Marked }) {
  let at = 0
  return (
    <>
      {marks.map(([from, to]) => {
        const before = text.slice(at, from)
        at = to
        return (
          <span key={from}>
            {before}
            <mark>{text.slice(from, to)}</mark>
          </span>
        )
      })}
      {text.slice(at)}
    </>
  )
}
