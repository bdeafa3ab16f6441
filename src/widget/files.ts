/** Files on their way: up from whoever picks them, and down as a download. */
import type { ChatLine } from '../contract/chat.ts'
import { h } from './dom.ts'
import { fetchFrom } from './server.ts'

const as = (token: string | undefined) => ({ 'x-pond-token': token ?? '' })

export async function upload(file: File, token: string | undefined): Promise<string> {
  const form = new FormData()
  form.append('file', file)
  const response = await fetchFrom('files', { body: form, headers: as(token) })
  return ((await response.json()) as { id: string }).id
}

export async function download(file: ChatLine['files'][number], token: string | undefined): Promise<void> {
  const response = await fetchFrom(`files/${file.id}`, { headers: as(token) })
  const address = URL.createObjectURL(await response.blob())
  h('a', { href: address, download: file.name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
