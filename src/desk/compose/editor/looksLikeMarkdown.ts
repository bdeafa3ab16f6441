/** Whether plain text that was pasted was meant as Markdown. Pure; in doubt it was not. */
const signs: RegExp[] = [
  /^#{1,6} \S/m,
  /^ {0,3}(?:[-*+]|\d{1,3}[.)]) \S.*\n {0,3}(?:[-*+]|\d{1,3}[.)]) \S/m,
  /(?:^|\s)\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*/,
  /\[[^\]\n]{1,200}\]\((?:https?:|mailto:)[^)\s]{1,500}\)/,
  /^```/m,
  /^> \S.*\n> \S/m,
  /(?:^|\s)`[^`\n]{1,100}`(?:\s|[.,;:!?)]|$)/m,
]

/** Longer text is taken as it is: nobody writes a novel with stars. */
const longest = 200_000

export function looksLikeMarkdown(text: string): boolean {
  return text.length <= longest && signs.some(sign => sign.test(text))
}
