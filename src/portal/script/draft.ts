/** Keeps what is typed in this tab until it is sent: a reload, or a line that breaks, loses nothing. Keeps nothing beyond the tab, and no address. */
const kept = ['subject', 'title', 'text', 'steps'] as const

export function keepDraft(form: HTMLFormElement) {
  const key = `pond ${location.pathname}`
  const fields = kept.flatMap(name => {
    const field = form.elements.namedItem(name)
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? [field] : []
  })
  try {
    const before = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, string>
    for (const field of fields) if (field.value === '') field.value = before[field.name] ?? ''
    form.addEventListener('input', () =>
      sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map(({ name, value }) => [name, value])))),
    )
    form.addEventListener('submit', () => sessionStorage.removeItem(key))
  } catch {
    // A browser that keeps nothing: one can write all the same.
  }
}
