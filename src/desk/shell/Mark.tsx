/** Pond's mark: a stone and its ripples. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="2.6" className="stone" />
      <circle cx="12" cy="12" r="6.2" />
      <circle cx="12" cy="12" r="10.2" opacity=".55" />
    </svg>
  )
}
