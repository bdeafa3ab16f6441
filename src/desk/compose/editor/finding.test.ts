/** What "/" and ":" find, and when pasted text is Markdown. */
import { expect, test } from 'vitest'
import { type Emoji, emojiLike } from './emojiLike.ts'
import { looksLikeMarkdown } from './looksLikeMarkdown.ts'
import { savedThatFit } from './savedThatFit.ts'

const saved = [
  { name: 'Thank you for the photo', shortcut: 'photo', used: 1 },
  { name: 'Thanks', shortcut: 'thanks', used: 0 },
  { name: 'Réclamation', shortcut: null, used: 9 },
  { name: 'Send us a photo', shortcut: null, used: 4 },
]
const names = (typed: string) => savedThatFit(saved, typed).map(one => one.name)

test('a shortcut comes before a name, and more used before less', () => {
  expect(names('')[0]).toBe('Réclamation')
  expect(names('photo')).toEqual(['Thank you for the photo', 'Send us a photo'])
  expect(names('than')).toEqual(['Thanks', 'Thank you for the photo'])
  expect(names('recl')).toEqual(['Réclamation'])
  expect(names('nothing')).toEqual([])
})

test('emoji are found by name and keyword, with and without what parts the words', () => {
  const all: Emoji[] = [
    { hexcode: '1', label: 'thumbs up', unicode: '👍', tags: ['+1', 'yes'], order: 2 },
    { hexcode: '2', label: 'thumbs down', unicode: '👎', tags: ['-1', 'no'], order: 3 },
    { hexcode: '3', label: 'grinning face', unicode: '😀', tags: ['smile'], order: 1 },
  ]
  const found = (typed: string) => emojiLike(all, typed, 8).map(one => one.unicode)
  expect(found('thumbs_up')).toEqual(['👍'])
  expect(found('thumb')).toEqual(['👍', '👎'])
  expect(found('smil')).toEqual(['😀'])
  expect(found('face')).toEqual(['😀'])
  expect(found('')).toEqual([])
})

test.each([
  '# Title\ntext',
  '- one\n- two',
  'so **bold** it is',
  '[x](https://x.example)',
  '```\ncode\n```',
  '1. a\n2. b',
  '> a\n> b',
])('%j is Markdown', text => expect(looksLikeMarkdown(text)).toBe(true))
test.each(['Dear Inês,\nthank you.', '2 * 3 * 4', '- just one dash', 'a_b_c', 'Price: 5 # of them', '> one line'])(
  '%j is not',
  text => expect(looksLikeMarkdown(text)).toBe(false),
)
