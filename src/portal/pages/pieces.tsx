/** Pieces that several pages outside are made of: promises, faces, what is wrong at a field, and text as it was written. */
import { Fragment } from 'react'
import type { Promised } from '../page/pieces.ts'
import { Mark } from './Mark.tsx'

export function PromiseLine({ state, theirs, words, by, address }: Promised) {
  return (
    <p className="promise" data-state={state} data-of={theirs ? 'theirs' : undefined}>
      <Mark of={state} />
      <span>
        {address ? (
          <a href={address} dir="auto">
            {words}
          </a>
        ) : (
          <span dir="auto">{words}</span>
        )}{' '}
        <span className="by">{by}</span>
      </span>
    </p>
  )
}

export function Promises({ of, pair }: { of: readonly Promised[]; pair?: boolean }) {
  if (of.length === 0) return null
  return (
    <div className={pair ? 'promises pair' : 'promises'}>
      {of.map(promise => (
        <PromiseLine key={`${promise.words} ${promise.by} ${promise.address}`} {...promise} />
      ))}
    </div>
  )
}

export function Face({ name, them }: { name: string; them?: boolean }) {
  return (
    <span className={them ? 'face them' : 'face'} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

export function Err({ id, says }: { id: string; says: string }) {
  return (
    <p className="err" id={id}>
      <Mark of="overdue" />
      <span>{says}</span>
    </p>
  )
}

/** What one can go to, each with a few words beneath. */
export function Links({ of }: { of: readonly { label: string; address: string; beneath?: string | null }[] }) {
  return (
    <ul className="list">
      {of.map(({ label, address, beneath }) => (
        <li key={address}>
          <a className="t" href={address} dir="auto">
            {label}
          </a>
          {beneath && (
            <span className="m" dir="auto">
              {beneath}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The rest of a list that goes on elsewhere. */
export const More = ({ label, address }: { label: string; address: string }) => (
  <p className="small">
    <a className="tall" href={address}>
      {label}
    </a>
  </p>
)

/** What has just been done, or waits to be known. */
export function Notice({ words }: { words: string | null }) {
  return (
    words && (
      <p className="note after" role="status">
        {words}
      </p>
    )
  )
}

/** Empty lines part paragraphs. */
export function Paragraphs({ text }: { text: string }) {
  return text.split(/\n{2,}/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: it is drawn once
    <p key={at}>{broken(part)}</p>
  ))
}

function broken(text: string) {
  return text.split('\n').map((line, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: it is drawn once
    <Fragment key={at}>
      {at > 0 && <br />}
      {linked(line)}
    </Fragment>
  ))
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map(word => [...(word ?? '')][0] ?? '').join('')
}

/** An address that somebody wrote is shown as it is written, and leads nowhere else. */
function linked(line: string) {
  return line.split(/(https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}])/g).map((part, at) =>
    at % 2 === 1 && URL.canParse(part) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: it is drawn once
      <a key={at} href={part} rel="nofollow ugc noopener noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  )
}
