/** One line of the doctor: how something is, and what to do when it is not well. */
export type Health = 'ok' | 'warn' | 'fail'

export type Line = { about: string; health: Health; says: string; remedy?: string }

export const ok = (about: string, says: string): Line => ({ about, health: 'ok', says })
export const warn = (about: string, says: string, remedy: string): Line => ({ about, health: 'warn', says, remedy })
export const fail = (about: string, says: string, remedy: string): Line => ({ about, health: 'fail', says, remedy })
