/**
 * Variables in words that are written once and used often: {{customer.firstName|there}}. An allow-list and a fallback,
 * nothing else: no logic, no nesting, and what is filled in is never read as HTML or filled again.
 */

export const variableNames = [
  'customer.firstName',
  'customer.name',
  'me.firstName',
  'me.name',
  'team.name',
  'conversation.number',
  'conversation.subject',
  'promise.due',
  'installation.name',
] as const
export type VariableName = (typeof variableNames)[number]
export type Values = Partial<Record<VariableName, string>>

const known: ReadonlySet<string> = new Set(variableNames)
/** Braces, quotes and angle brackets end a variable: what spans a tag is none. */
const pattern = /\{\{([^{}<>|]*)(?:\|([^{}<>]*))?\}\}/g

/** What can't be filled, as it was written and without its fallback: unknown names, and braces that do not close. */
export function unknownVariables(html: string): string[] {
  const strange = new Set<string>()
  for (const [, name = ''] of html.matchAll(pattern)) if (!known.has(name.trim())) strange.add(shown(name))
  const rest = html.replace(pattern, '')
  for (const at of rest.matchAll(/\{\{|\}\}/g)) strange.add(shown(rest.slice(Math.max(0, at.index), at.index + 40)))
  return [...strange]
}

const shown = (text: string) =>
  text
    .replace(/<[^>]*>?/g, '')
    .trim()
    .slice(0, 40)
    .toWellFormed()

/** Fills safe HTML. A value that is missing or blank gives way to the fallback; what nobody knows stays away. */
export function filledHtml(html: string, values: Values): string {
  return html.replace(pattern, (_, name: string, fallback = '') => {
    const value = valueFor(values, name)
    return value === '' ? fallback.trim() : escapedValue(value)
  })
}

function valueFor(values: Values, name: string): string {
  const key = name.trim()
  return known.has(key) ? (values[key as VariableName] ?? '').trim() : ''
}

/** For text and for attributes alike. */
function escapedValue(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** "Inês" of "Inês Carvalho"; nothing of what is only an address. */
export function firstNameOf(name: string): string {
  return name.includes('@') ? '' : (name.trim().split(/\s+/)[0] ?? '')
}

/** When a promise falls due, as the customer reads it: in their language and zone. */
export function dueWords(at: string | Date | null, language: string, zone: string): string {
  if (at === null) return ''
  const words = (tag: string) =>
    new Intl.DateTimeFormat(tag, {
      timeZone: zone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(new Date(at))
  try {
    // Day before month, as everywhere but in one country.
    return words(language === 'en' ? 'en-GB' : language)
  } catch {
    return words('en-GB')
  }
}

/** Of several languages the one the customer writes: the same tag, else the same tongue, else the first. */
export function inLanguage<T extends { language: string }>(texts: readonly T[], wanted: string | null): T | undefined {
  const tongue = (tag: string) => tag.toLowerCase().split('-')[0]
  const tag = wanted?.toLowerCase()
  return (
    texts.find(({ language }) => language.toLowerCase() === tag) ??
    texts.find(({ language }) => tag !== undefined && tongue(language) === tongue(tag)) ??
    texts[0]
  )
}
