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
const zoned = new Map<string, Intl.DateTimeFormat>()

/** "Central European Time", in the letter's language. */
export function zoneName(at: Date, language: string, zone: string): string {
  const key = `${language} ${zone}`
  const format =
    zoned.get(key) ?? new Intl.DateTimeFormat(latinDigits(language), { timeZone: zone, timeZoneName: 'longGeneric' })
  if (zoned.size > 400) zoned.clear()
  zoned.set(key, format)
  const parts = format.formatToParts(at)
  return parts.find(part => part.type === 'timeZoneName')?.value ?? zone
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
