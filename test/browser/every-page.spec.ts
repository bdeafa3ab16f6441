/**
 * Every address of the desk in a house full of the sample, opened once each: nothing axe finds wrong in light and in dark,
 * nothing that scrolls sideways at 360 px, from left to right and from right to left, and no word that is in no catalogue.
 */
import { expect, test } from './journey.ts'
import { looksRight, sideways } from './looks.ts'
import { aHouse, come, everyAddress, listening, unmarked } from './walk.ts'

test.describe.configure({ timeout: 600_000 })

const shares = 3
for (let share = 0; share < shares; share++)
  test(`every page stands, share ${share + 1} of ${shares}: light, dark, narrow, both ways, and all of its words come from the catalogue`, async ({
    page,
  }) => {
    // The first share brings it, the others find it.
    const sample = await page.request.post('/api/v1/sample')
    expect([200, 409]).toContain(sample.status())
    const gaps = await aHouse(page)
    const paths = (await everyAddress(page, gaps)).filter((_, n) => n % shares === share)
    const said = listening(page)
    await page.evaluate(() => localStorage.setItem('pond-language', 'en-XA'))
    for (const path of paths)
      await test.step(path, async () => {
        said.anew()
        await come(page, path)
        expect.soft(await unmarked(page, await said.all()), `words in no catalogue at ${path}`).toEqual([])
        await looksRight(page, { whole: true })
      })
    await page.evaluate(() => localStorage.setItem('pond-language', 'ar'))
    await page.request.put('/api/v1/me', { data: { language: 'ar' } })
    await page.setViewportSize({ width: 360, height: 780 })
    for (const path of paths)
      await test.step(`${path}, from right to left`, async () => {
        await come(page, path)
        expect.soft(await page.evaluate(() => document.documentElement.dir), `the way of ${path}`).toBe('rtl')
        await sideways(page)
      })
    await page.request.put('/api/v1/me', { data: { language: 'en' } })
  })
