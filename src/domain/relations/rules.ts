/** Which mail domains may stand for an organisation. Pure. Refuses those that millions write from: they say nothing about where somebody belongs. */
import { normalDomain } from '../people/rules.ts'
import { isEverybodys } from '../spam/block-rules.ts'

export type DomainRead = { domain: string } | { refused: 'unreadable' | 'everybodys'; domain: string }

/** "@Example.ORG", "https://www.example.org/about" and "bar@example.org" all mean example.org. */
export function readDomain(text: string): DomainRead {
  const bare = text
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[/?#].*$/, '')
    .replace(/^.*@/, '')
    .replace(/^www\./i, '')
  const domain = normalDomain(bare)
  if (!domain?.includes('.') || domain.startsWith('[')) return { refused: 'unreadable', domain: text.trim() }
  return isEverybodys(domain) ? { refused: 'everybodys', domain } : { domain }
}
