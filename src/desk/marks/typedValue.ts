/** What was typed into a field, as a value of its kind, or what is wrong with it. Pure; the server judges once more. */
import type { FieldValue } from '../../contract/fields.ts'

export type Typed = { value: FieldValue } | { wrong: 'text' | 'number' | 'date' | 'link' }

export function typedValue(kind: 'text' | 'number' | 'date' | 'link', typed: string): Typed {
  const text = typed.trim()
  if (text === '') return { value: null }
  if (kind === 'number') return numberFrom(text)
  if (kind === 'date') return /^[1-9]\d{3}-\d\d-\d\d$/.test(text) ? { value: text } : { wrong: 'date' }
  if (kind === 'link') return linkFrom(text)
  return [...text].length > 2000 ? { wrong: 'text' } : { value: text }
}

/** A comma is a decimal sign to half of the world; "1.000" and "1,000" could be two things, and are taken as the computer writes them. */
function numberFrom(text: string): Typed {
  const plain = text.replace(/[\s\u00a0\u202f_']/g, '')
  const one = /^[+-]?\d+,\d+$/.test(plain) ? plain.replace(',', '.') : plain
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(one) ? Number(one) : Number.NaN
  return Number.isFinite(number) && Math.abs(number) <= 1e15 ? { value: number } : { wrong: 'number' }
}

/** "lindqvist.example/faro" means the page there. */
function linkFrom(text: string): Typed {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d+(\/|$)/.test(text) ? text : `https://${text}`
  if (!/^https?:\/\/[^\s]+$/i.test(whole) || !URL.canParse(whole)) return { wrong: 'link' }
  const url = new URL(whole)
  if (url.username || url.password || (!url.hostname.includes('.') && url.hostname !== 'localhost'))
    return { wrong: 'link' }
  return { value: url.href }
}
