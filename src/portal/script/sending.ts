/** The button that was pressed says that it is at work. A second press changes nothing: the page's token sees to that. */
export function sayBusy(form: HTMLFormElement) {
  form.addEventListener('submit', ({ submitter }) => {
    const words = submitter?.dataset.busy
    if (!submitter || !words) return
    const before = submitter.textContent
    submitter.setAttribute('aria-busy', 'true')
    submitter.textContent = words
    // Whoever comes back to the page may press again.
    addEventListener('pageshow', () => {
      submitter.removeAttribute('aria-busy')
      submitter.textContent = before
    })
  })
}
