/**
 * The grammar of what the story tells outside: articles, and what people say to each other. Times are minutes from now, as
 * in step.ts; `about` names an article or a topic. Bodies of articles are HTML, posts are typed as people type them.
 */
import type { Colleague, Customer } from './cast.ts'

type At = { at: number; about: string }
type Named = { name: string; about?: string }
type Page = { title: string; summary: string; body: string }

export type KnowledgeStep =
  | (At & { does: 'article-category'; en: string; de: string; position: number })
  | (At &
      Page & {
        does: 'article'
        in: string
        by: Colleague
        audience?: 'inside'
        /** not published yet: somebody is asked for a look */
        asks?: Colleague
        /** stands in it where it says `{picture}` */
        picture?: string
      })
  /** Other words for it, or its words in another language; read by everybody at once. */
  | (At & Page & { does: 'article-words'; by: Colleague; language: 'en' | 'de' })

export type CommunityStep =
  | (At & { does: 'forum'; en: Named; de: Named; position: number; audience: 'public' | 'inside' })
  | (At & { does: 'come-from'; by: Customer })
  | (At & {
      does: 'topic'
      in: string
      by: Colleague | Customer
      kind: 'question' | 'discussion' | 'practice'
      title: string
      text: string
      steps?: readonly string[]
    })
  | (At & { does: 'post'; by: Colleague | Customer; text: string; waits?: true })
  /** `post`: its number in the topic */
  | (At & { does: 'like'; by: readonly Customer[]; post: number })
  | (At & { does: 'accept'; by: Customer; post: number })
  | (At & { does: 'tried'; by: Customer; text: string })
  | (At & { does: 'tie'; by: Colleague; article: string; is: 'article' | 'goes-with' })

export type OutsideStep = KnowledgeStep | CommunityStep
