/** Times and sizes as a letter says them, in its language and the recipient's zone. Pure. */

/** "today, Mon 23 Nov, 11:00": with the near days named. */
export function momentIn(at: Date, now: Date, language: string, zone: string): string {
  const days = dayNumber(at, zone) - dayNumber(now, zone)
  const format = new Intl.DateTimeFormat(latinDigits(language), {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(Math.abs(days) > 300 ? { year: 'numeric' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const date = format.format(at)
  if (Math.abs(days) > 1) return date
  const near = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
  return `${near}${language.startsWith('ar') ? '،' : ','} ${date}`
}

/** Each made once: making one takes longer than a hundred uses. */
/** Names change with the season at most, and take long to ask for. */
const zoned = new Map<string, { format: Intl.DateTimeFormat; hour: number; name: string }>()
const hourMs = 3_600_000

/** "Central European Time", in the letter's language. */
export function zoneName(at: Date, language: string, zone: string): string {
  const key = `${language} ${zone}`
  const hour = Math.floor(at.getTime() / hourMs)
  const before = zoned.get(key)
  if (before?.hour === hour) return before.name
  const format =
    before?.format ?? new Intl.DateTimeFormat(latinDigits(language), { timeZone: zone, timeZoneName: 'longGeneric' })
  const name = format.formatToParts(at).find(part => part.type === 'timeZoneName')?.value ?? zone
  if (zoned.size > 400) zoned.clear()
  zoned.set(key, { format, hour, name })
  return name
}

export function sizeIn(bytes: number, language: string): string {
  const megabytes = Math.max(bytes / 1024 / 1024, 0.1)
  const digits = megabytes < 10 && !Number.isInteger(megabytes) ? 1 : 0
  return new Intl.NumberFormat(latinDigits(language), {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: digits,
  }).format(megabytes)
}

/** Numbers of conversations and times stand side by side: one kind of digits for both. */
function latinDigits(language: string): string {
  // Day before month, as everywhere but in one country.
  return `${language === 'en' ? 'en-GB' : language}-u-nu-latn`
}

function dayNumber(at: Date, zone: string): number {
  const [year, month, day] = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at).split('-').map(Number)
  return Math.round(Date.UTC(year!, month! - 1, day!) / 86_400_000)
}
