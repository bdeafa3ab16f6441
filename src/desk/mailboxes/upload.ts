/** Sends files with word of how far it is, which fetch can't say. */
import type { z } from 'zod'
import type { ImportReport } from '../../contract/mailboxes.ts'
import { Problem } from '../api.ts'

export type Report = z.infer<typeof ImportReport>
export const nothingYet: Report = { mails: 0, messages: 0, reports: 0, quarantined: 0, known: 0, done: false }

export function sum(one: Report, other: Report): Report {
  return {
    mails: one.mails + other.mails,
    messages: one.messages + other.messages,
    reports: one.reports + other.reports,
    quarantined: one.quarantined + other.quarantined,
    known: one.known + other.known,
    done: other.done,
  }
}

export function upload(mailboxId: string, files: File[], sent: (bytes: number) => void): Promise<Report> {
  const form = new FormData()
  for (const file of files) form.append('file', file, file.name)
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/mailboxes/${encodeURIComponent(mailboxId)}/import`)
    request.responseType = 'json'
    request.upload.onprogress = event => sent(event.loaded)
    request.onerror = () => fail(new Problem({ code: 'silent', status: 0 }))
    request.onload = () => {
      if (request.status < 300) done(request.response as Report)
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
