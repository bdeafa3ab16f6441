/** The words of what was written, without its form; each paragraph and line on its own. Quoted text is left out: somebody else said it. */
export function plainOf(html: string, between = '\n'): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const quoted of page.querySelectorAll('blockquote')) quoted.remove()
  for (const line of page.querySelectorAll('br')) line.replaceWith('\n')
  for (const block of page.querySelectorAll('p, div, li, h1, h2, h3, h4, pre')) block.append(between)
  return (page.body.textContent ?? '').replace(/\n{3,}/g, '\n\n').trim()
}
