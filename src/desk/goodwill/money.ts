/** Amounts as people write them and as they are kept: whole minor units of a currency. Never a fraction of one. */

export function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

export function money(minor: number, currency: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(minor / 10 ** digitsOf(currency))
}

/** "12", "12.5" and "12,50" are 1250 cents; null for what is no amount, or has more places than the currency. */
export function minorOf(text: string, currency: string): number | null {
  const digits = digitsOf(currency)
  const found = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim())
  if (!found) return null
  const part = found[2] ?? ''
  if (part.length > digits) return null
  return Number(found[1]) * 10 ** digits + Number(part.padEnd(digits, '0') || 0)
}

/** For a field: the same number again, without the sign of the currency. */
export function typed(minor: number, currency: string): string {
  const digits = digitsOf(currency)
  return digits === 0 ? String(minor) : (minor / 10 ** digits).toFixed(digits)
}
