/** What the pages outside ask of whoever keeps answers: shapes only. Nothing here when nobody does, and the sections stay away. */

export type Reader = { personId: string | null; language: string }
/** `path` under /help; `beneath` one line about it: how long it takes, for how many it worked */
export type Answer = {
  title: string
  path: string
  beneath: string | null
  /** where in them stands what was looked for, in UTF-16 units */
  marks?: { title: Mark[]; beneath: Mark[] }
  /** whoever was helped by it may say so: of what the token for that is */
  rates?: string
}
export type Mark = [from: number, to: number]

export type Answers = {
  /** what many need, for the home */
  popular: (reader: Reader) => Promise<Answer[]>
  /** categories that hold something this reader may see */
  subjects: (reader: Reader) => Promise<Answer[]>
  /** for what somebody writes or looks for, the likeliest first */
  like: (words: string, reader: Reader) => Promise<Answer[]>
  /** for a whole text, as somebody writes it to us: few, and none rather than any */
  suggest: (text: string, reader: Reader) => Promise<Answer[]>
  /** what was looked for and not found: the words, never by whom */
  missed: (words: string, language: string) => Promise<void>
  /** everything that search engines may list, in parts of some thousand; a part that is not there is empty */
  listed: { parts: () => Promise<string[]>; part: (name: string) => Promise<ListedPage[]> }
}
export type ListedPage = { path: string; changedAt: Date | null }

export const noAnswers: Answers = {
  popular: async () => [],
  subjects: async () => [],
  like: async () => [],
  suggest: async () => [],
  missed: async () => {},
  listed: { parts: async () => [], part: async () => [] },
}
