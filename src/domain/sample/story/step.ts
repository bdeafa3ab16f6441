/** The grammar of the story: what happens, when, and to which conversation. Times are minutes from now: yesterday is negative. */
import type { Colleague, Customer, Writer } from './cast.ts'

export const hour = 60
export const day = 24 * hour

export type Next =
  | { is: 'we-get-back'; words: string; due: number; kind?: 'reply' | 'action' }
  | { is: 'your-turn'; askAgain: number; theirs?: { words: string; due: number } }
  | { is: 'answered'; followUp: number }
  | { is: 'we-cannot'; personalWord: string; offer: string; followUp: number }

type At = { at: number; about: string }
export type Step =
  | (At & {
      does: 'mail'
      from: Writer
      subject?: string
      text: string
      cc?: Customer[]
      picture?: string
      list?: boolean
    })
  | (At & { does: 'broken-mail'; subject: string; text: string })
  | (At & { does: 'own'; by: Colleague })
  /** `article`: its link stands where the words say `{article}`, on a line of its own */
  | (At & { does: 'reply'; by: Colleague; text: string; article?: string; next: Next })
  | (At & { does: 'write'; by: Colleague; to: Customer; subject: string; text: string; next: Next })
  | (At & { does: 'call'; by: Colleague; with: Customer; subject: string; text: string; next: Next })
  | (At & { does: 'note'; by: Colleague; text: string })
  | (At & { does: 'hand-over'; by: Colleague; to: Colleague; reason: string; introduction: string })
  | (At & { does: 'needed-by'; by: Colleague; on: number })
  | (At & { does: 'move-promise'; by: Colleague; words: string; due: number; tell: string })
  | (At & { does: 'they-kept'; by: Colleague })
  | (At & { does: 'close'; by: Colleague; because: 'thanks' | 'for-information' })
  | (At & { does: 'spam'; by: Colleague })
  | (At & { does: 'follow-up'; by: Colleague; text: string })
  | (At & { does: 'judge'; by: Colleague; verdict: 'worked' | 'incomplete'; said: string })
  | (At & { does: 'bounce'; of: Customer })
  | (At & { does: 'trouble'; is: 'uncertain' | 'asked-to-wait' })
