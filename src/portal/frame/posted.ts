/** What was posted by a form: its fields, and its files as far as they fit. Refuses what is no form of ours. */
import type { FastifyRequest } from 'fastify'
import { uploadLimits } from '../../contract/writing.ts'
import { Refusal } from '../../platform/http/index.ts'
import { cleanName } from '../../platform/mail/reading/names.ts'

export type Upload = { name: string; mediaType: string; content: Buffer }
export type Posted = { fields: URLSearchParams; files: Upload[]; tooLarge: string[] }

export const mostFiles = 10
/** Of everything together: what a mail may carry. */
export const mostBytes = uploadLimits.file
const longestField = 200_000

/** Files are read into memory: only where a form has a place for them. */
export async function fieldsOf(request: FastifyRequest, takes: 'words' | 'files' = 'words'): Promise<Posted> {
  if (request.body instanceof URLSearchParams) return { fields: request.body, files: [], tooLarge: [] }
  if (takes === 'words' || !request.isMultipart()) throw new Refusal('unknown-media-type', 415)
  const fields = new URLSearchParams()
  const files: Upload[] = []
  const tooLarge: string[] = []
  let bytes = 0
  const limits = { files: mostFiles, fields: 200, fileSize: mostBytes, fieldSize: longestField, parts: 220 }
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') {
      fields.append(part.fieldname, typeof part.value === 'string' ? part.value : '')
      continue
    }
    // Once it is too much nothing more is held in memory.
    if (bytes > mostBytes) {
      tooLarge.push(cleanName(part.filename))
      part.file.resume()
      continue
    }
    const content = await part.toBuffer()
    // A field without a file is sent as an empty one without a name.
    if (!part.filename && content.length === 0) continue
    const name = cleanName(part.filename)
    bytes += content.length
    if (part.file.truncated || bytes > mostBytes) tooLarge.push(name)
    else files.push({ name, mediaType: mediaTypeOf(part.mimetype), content })
  }
  return { fields, files, tooLarge }
}

function mediaTypeOf(claimed: string): string {
  return /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,60}$/i.test(claimed) ? claimed.toLowerCase() : 'application/octet-stream'
}
