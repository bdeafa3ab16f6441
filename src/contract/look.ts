/** What an installation is called and looks like. */
import { z } from 'zod'
import { endpoint, Id } from './kit.ts'

/** Two figures each for red, green and blue. */
export const Colour = z
  .string()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/)
export const Look = z.object({
  name: z.string().trim().min(1).max(200),
  /** null: Pond's own water blue */
  accent: Colour.nullable(),
  /** null: Pond's own mark */
  logoId: Id.nullable(),
})
export type Look = z.infer<typeof Look>
/** Answers what it was before, for taking it back. */
export const setLook = endpoint(
  'PUT',
  '/api/v1/look',
  z.strictObject(Look.shape),
  z.object({ look: Look, before: Look }),
)
/** A picture as the body itself (PNG, JPEG or SVG), at most a megabyte; comes back as the id that `setLook` takes. */
export const logoUploadPath = '/api/v1/look/logo'
export const LogoMade = z.object({ logoId: Id })
export type LogoMade = z.infer<typeof LogoMade>
export const mostLogoBytes = 1024 * 1024
export const logoPath = (logoId: string, size: 'small' | 'large') => `/look/logo/${logoId}/${size}.png`
