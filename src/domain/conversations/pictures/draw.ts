/**
 * Pictures from outside, drawn anew before anybody's browser reads them: what comes out is pixels and nothing else. Refuses
 * what is no plain picture (vectors and documents too), and what would take more room than a picture should.
 */
import { availableParallelism } from 'node:os'
import sharp from 'sharp'

// The app keeps its processors for people; pictures may wait a moment.
sharp.concurrency(1)
sharp.cache({ memory: 20, files: 0, items: 20 })

const formats = new Set(['jpeg', 'png', 'gif', 'webp', 'avif', 'heif'])
const mostPixels = 60_000_000
const seconds = 5

let drawing = 0
const waiting: (() => void)[] = []
const atOnce = Math.max(1, Math.min(2, availableParallelism() - 1))

/** WebP inside width × height, turned as its camera said; null where the bytes are no picture we show. */
export async function draw(bytes: Buffer, room: { width: number; height: number }): Promise<Buffer | null> {
  if (drawing >= atOnce) await new Promise<void>(go => waiting.push(go))
  drawing++
  try {
    const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 })
    const { format } = await picture.metadata()
    if (!formats.has(format)) return null
    return await picture
      .timeout({ seconds })
      .rotate()
      .resize({ ...room, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 78 })
      .toBuffer()
  } catch {
    // Broken, too large or too slow: for whoever looks it is no picture.
    return null
  } finally {
    drawing--
    waiting.shift()?.()
  }
}
