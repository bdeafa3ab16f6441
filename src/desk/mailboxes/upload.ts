/** Sends files with word of how far it is, which fetch can't say. What becomes of them is read elsewhere. */
import type { ImportView } from '../../contract/mailboxes.ts'
import { Problem } from '../api.ts'

/** Where a load belongs: the import it is part of, once there is one; and whether more follow. */
type Place = { mailboxId: string; importId: string | undefined; more: boolean }

export function upload(place: Place, files: File[], sent: (bytes: number) => void): Promise<ImportView> {
  const form = new FormData()
  for (const file of files) form.append('file', file, file.name)
  const asked = new URLSearchParams({
    ...(place.importId ? { importId: place.importId } : {}),
    ...(place.more ? { more: '' } : {}),
  })
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/mailboxes/${encodeURIComponent(place.mailboxId)}/import?${asked}`)
    request.responseType = 'json'
    request.upload.onprogress = event => sent(event.loaded)
    request.onerror = () => fail(new Problem({ code: 'silent', status: 0 }))
    request.onload = () => {
      if (request.status < 300) done(request.response as ImportView)
      else
        fail(
          new Problem({
            ...(request.response ?? {}),
            code: request.response?.code ?? 'broken',
            status: request.status,
          }),
        )
    }
    request.send(form)
  })
}
