/** A logo made from what was uploaded: drawn anew as PNG in two sizes, so that nothing of the file itself is ever served. */
import sharp from 'sharp'

const formats = new Set(['png', 'jpeg', 'svg'])
const mostPixels = 40_000_000
const sizes = { large: 512, small: 96 }

export type DrawnLogo = { png: Buffer; smallPng: Buffer }

/** Null: it is no picture of the kinds we take, or one that does not end. */
export async function drawLogo(file: Buffer): Promise<DrawnLogo | null> {
  try {
    const { format } = await sharp(file, { limitInputPixels: mostPixels }).metadata()
    if (!formats.has(format)) return null
    return { png: await drawn(file, sizes.large), smallPng: await drawn(file, sizes.small) }
  } catch {
    return null
  }
}

function drawn(file: Buffer, size: number): Promise<Buffer> {
  return sharp(file, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 })
    .timeout({ seconds: 5 })
    .rotate()
    .resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer()
}
