/** The language of a text is that of its words; the writer's name says where they are from. */
import { expect, test } from 'vitest'
import { languageOf } from './language.ts'

test.each([
  ['en', 'Good morning. Every day when we switch the Faro on, the fuse goes.\n\nInês Carvalho\nCafé Saudade'],
  ['en', 'I have two new people. Do you have the descaling steps?\n\nThank you,\nHạnh, Café Đông'],
  ['en', 'Merhaba,\n\nthree people start in December. Mornings are best.\n\nZeynep Aydın, Kahve Dükkânı'],
  ['pt', 'Bom dia, a nossa máquina não liga desde ontem. Podem ajudar-nos?\nInês Carvalho'],
  ['cs', 'Dobrý den, náš mlýnek od pondělí píská. Co s tím máme dělat?\nJiří Novotný'],
  ['de', 'Guten Tag, unsere Mühle pfeift seit Montag. Können Sie uns helfen?\nÖzlem Yılmaz'],
  ['vi', 'Chào các bạn, máy của chúng tôi không chạy từ hôm qua. Các bạn giúp được không?\nHạnh'],
])('%s: %s', (language, text) => {
  expect(languageOf(text)).toBe(language)
})

test('nothing takes long, whatever it is made of', () => {
  const from = performance.now()
  for (const piece of ['A', 'Ab ', 'Aé', 'A, ', 'De ', 'A,,,,', 'Éa'])
    languageOf(`${piece.repeat(800 / piece.length)}1`)
  expect(performance.now() - from).toBeLessThan(500)
})
