/** Marks of promises outside: each state has a shape of its own. */
import type { ReactNode } from 'react'
import type { Promised } from '../page.ts'

const ring = <circle cx="10" cy="10" r="7.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
const shapes: Record<Promised['state'], ReactNode> = {
  open: (
    <>
      {ring}
      <circle cx="10" cy="10" r="2.5" fill="currentColor" />
    </>
  ),
  soon: (
    <>
      {ring}
      <path d="M10 10V2.6a7.4 7.4 0 1 1-7.4 7.4z" fill="currentColor" />
    </>
  ),
  overdue: (
    <>
      <path d="M10 2 19 17.5H1z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
      <path d="M10 7.5v4.5M10 14.2v.9" stroke="currentColor" strokeWidth="1.8" />
    </>
  ),
  kept: (
    <>
      <circle cx="10" cy="10" r="8.5" fill="currentColor" />
      <path d="m6 10.3 2.8 2.8L14.2 7.4" fill="none" stroke="var(--pond-field)" strokeWidth="1.9" />
    </>
  ),
  'kept-late': (
    <>
      {ring}
      <path d="m6 10.3 2.8 2.8L14.2 7.4" fill="none" stroke="currentColor" strokeWidth="1.9" />
    </>
  ),
  renegotiated: (
    <>
      {ring}
      <path d="M6 10h7m-3-3 3 3-3 3" fill="none" stroke="currentColor" strokeWidth="1.7" />
    </>
  ),
  broken: (
    <>
      {ring}
      <path d="m7 7 6 6m0-6-6 6" stroke="currentColor" strokeWidth="1.7" />
    </>
  ),
  released: (
    <>
      {ring}
      <path d="M6 10h8" stroke="currentColor" strokeWidth="1.7" />
    </>
  ),
}

export function Mark({ of }: { of: Promised['state'] | 'pond' }) {
  if (of === 'pond')
    return (
      <svg width="30" height="30" viewBox="0 0 30 30" aria-hidden="true">
        <rect width="30" height="30" rx="6" fill="currentColor" />
        <path
          d="M7 12.5q4-3.5 8 0t8 0M7 18.500q4-3.500 8 0t8 0"
          fill="none"
          stroke="var(--pond-on-accent)"
          strokeWidth="1.9"
          strokeLinecap="round"
        />
      </svg>
    )
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      {shapes[of]}
    </svg>
  )
}
