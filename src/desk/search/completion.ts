/** How the word at the caret may go on: names of operators, and the values of one. Pure. */
import { type Kind, kinds } from '../inbox/filterWords.ts'

export type Going = { is: 'value'; kind: Kind; typed: string; from: number; to: number; not: string }
export type Operator = { is: 'operator'; names: Kind[]; from: number; to: number; not: string }

/** Null where plain words are being written. */
export function goingOn(text: string, caret: number): Going | Operator | null {
  const before = text.slice(0, caret)
  const value = /(?:^|\s)(-?)([a-z]+):(?:[^\s",]+,|"[^"]*",)*("?)([^",]*)$/i.exec(before)
  const kind = kinds.find(each => each === value?.[2]?.toLowerCase())
  if (value && kind && (value[3] === '"' || !/\s/.test(value[4]!)))
    return {
      is: 'value',
      kind,
      typed: value[4]!,
      from: caret - value[4]!.length - value[3]!.length,
      to: caret,
      not: value[1]!,
    }
  const word = /(?:^|\s)(-?)([a-z]{2,})$/i.exec(before)
  if (!word) return null
  const names = kinds.filter(each => each.startsWith(word[2]!.toLowerCase()))
  return names.length > 0 ? { is: 'operator', names, from: caret - word[2]!.length, to: caret, not: word[1]! } : null
}

/** The text with this put in its place, and where the caret stands then. */
export function completed(text: string, at: Going | Operator, value: string): { text: string; caret: number } {
  const quoted = /[\s,]/.test(value) ? `"${value.replace(/["“”„\\]/g, '\\$&')}"` : value
  const put = at.is === 'operator' ? `${value}:` : `${quoted} `
  const after = at.is === 'operator' ? text.slice(at.to) : text.slice(at.to).replace(/^"?\s*/, '')
  return { text: text.slice(0, at.from) + put + after, caret: at.from + put.length }
}
