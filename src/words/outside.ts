/** The words of what customers get outside the desk: prepared follow-ups, rows of links in mails, and the pages these open. Stays on the server. */
import arCommunity from './ar/community-pages.json' with { type: 'json' }
import arFollowUp from './ar/follow-up.json' with { type: 'json' }
import arHelp from './ar/help.json' with { type: 'json' }
import arOutside from './ar/outside.json' with { type: 'json' }
import { addWords, tIn } from './catalogue.ts'
import deCommunity from './de/community-pages.json' with { type: 'json' }
import deFollowUp from './de/follow-up.json' with { type: 'json' }
import deHelp from './de/help.json' with { type: 'json' }
import deOutside from './de/outside.json' with { type: 'json' }
import enCommunity from './en/community-pages.json' with { type: 'json' }
import enFollowUp from './en/follow-up.json' with { type: 'json' }
import enHelp from './en/help.json' with { type: 'json' }
import enOutside from './en/outside.json' with { type: 'json' }
import esCommunity from './es/community-pages.json' with { type: 'json' }
import esFollowUp from './es/follow-up.json' with { type: 'json' }
import esHelp from './es/help.json' with { type: 'json' }
import esOutside from './es/outside.json' with { type: 'json' }
import frCommunity from './fr/community-pages.json' with { type: 'json' }
import frFollowUp from './fr/follow-up.json' with { type: 'json' }
import frHelp from './fr/help.json' with { type: 'json' }
import frOutside from './fr/outside.json' with { type: 'json' }
import { mailLanguage } from './mail.ts'

const parts = {
  'community-pages': { en: enCommunity, de: deCommunity, es: esCommunity, fr: frCommunity, ar: arCommunity },
  'follow-up': { en: enFollowUp, de: deFollowUp, es: esFollowUp, fr: frFollowUp, ar: arFollowUp },
  help: { en: enHelp, de: deHelp, es: esHelp, fr: frHelp, ar: arHelp },
  outside: { en: enOutside, de: deOutside, es: esOutside, fr: frOutside, ar: arOutside },
}
for (const [part, languages] of Object.entries(parts))
  for (const [language, words] of Object.entries(languages)) addWords(language, part, words)

export type Say = (key: string, gaps?: Record<string, unknown>) => string

/** Of a part, in the nearest language we have. */
export function wordsFor(part: keyof typeof parts, language: string): Say {
  const nearest = mailLanguage(language)
  return (key, gaps) => tIn(nearest, `${part}:${key}`, gaps)
}
