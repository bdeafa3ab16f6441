/** Joins the soft line breaks of `format=flowed` (RFC 3676), keeping the depth of quotes; lines that are not flowed stay as they are. */

export function decodeFlowed(text: string, deleteSpace: boolean): string {
  const out: string[] = []
  let open: string[] | null = null
  let openDepth = 0
  for (const line of text.split('\n')) {
    let depth = 0
    while (line[depth] === '>') depth++
    let words = line.slice(depth)
    if (words.startsWith(' ')) words = words.slice(1)
    const soft = words.endsWith(' ') && words !== '-- '
    if (open && depth === openDepth && words !== '-- ') open.push(words)
    else {
      if (open) out.push(close(open, openDepth, deleteSpace))
      open = [words]
      openDepth = depth
    }
    if (!soft) {
      out.push(close(open, openDepth, deleteSpace))
      open = null
    }
  }
  if (open) out.push(close(open, openDepth, deleteSpace))
  return out.join('\n')
}

function close(pieces: string[], depth: number, deleteSpace: boolean): string {
  const last = pieces.length - 1
  const words = deleteSpace
    ? pieces.map((piece, i) => (i < last && piece.endsWith(' ') ? piece.slice(0, -1) : piece)).join('')
    : pieces.join('')
  return depth > 0 ? `${'>'.repeat(depth)} ${words}` : words
}
