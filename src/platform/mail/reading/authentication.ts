/** Reads what a trusted server says about DMARC (RFC 8601); headers of any other server are the sender's own words and count for nothing. */
import type { Headers } from './headers.ts'
import { all } from './headers.ts'

export function dmarcOf(headers: Headers, trusted: string[], fromAddress: string): 'pass' | 'fail' | 'none' {
  if (trusted.length === 0) return 'none'
  const names = new Set(trusted.map(name => name.toLowerCase()))
  const domain = fromAddress.slice(fromAddress.lastIndexOf('@') + 1).toLowerCase()
  // The top-most header of a trusted name is the one our own server put there last; ones below may be forged by the sender.
  for (const value of all(headers, 'authentication-results')) {
    const text = withoutComments(value.slice(0, 8192))
    const [head, ...results] = text.split(';')
    const server = head!.trim().split(/\s+/)[0]?.toLowerCase() ?? ''
    if (!names.has(server)) continue
    for (const result of results) {
      const match = /^\s*dmarc\s*(?:\/\s*\d+\s*)?=\s*([a-z]+)/i.exec(result)
      if (!match) continue
      const about = /header\.from\s*=\s*"?([^\s";]+)/i.exec(result)?.[1]?.toLowerCase()
      const aligned = about === undefined ? false : about.slice(about.lastIndexOf('@') + 1) === domain
      const verdict = match[1]!.toLowerCase()
      if (verdict === 'pass') return aligned && domain ? 'pass' : 'none'
      return verdict === 'fail' ? 'fail' : 'none'
    }
    return 'none'
  }
  return 'none'
}

function withoutComments(text: string): string {
  let out = ''
  let depth = 0
  for (const char of text) {
    if (char === '(') depth++
    else if (char === ')' && depth > 0) depth--
    else if (depth === 0) out += char
  }
  return out
}
