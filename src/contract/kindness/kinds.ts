/** What there are hints about, the most telling first. */
export const hintKinds = [
  'question',
  'promise-without-time',
  'late',
  'runaround',
  'no-alternative',
  'bad-news',
  'blame',
  'jargon',
  'long-sentence',
  'label',
] as const
export type HintKind = (typeof hintKinds)[number]
