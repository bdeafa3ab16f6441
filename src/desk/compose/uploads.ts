/** Files on their way into a message: uploaded as soon as they are chosen, with progress. Refuses at once what would be refused later. */
import { useCallback, useRef, useState } from 'react'
import type { Upload } from '../../contract/conversations.ts'
import type { Problem as Wire } from '../../contract/kit.ts'
import { mostInOneMail, uploadLimits } from '../../contract/writing.ts'
import { t } from '../../words/desk.ts'
import { Problem } from '../api.ts'
import { sizeWords } from '../conversation/fileKinds.ts'

export type FileState = {
  /** of this page, until the server has named it */
  key: string
  name: string
  bytes: number
  /** 0 to 1 */
  share: number
  id: string | null
  problem: Problem | null
}

/** `fetch` tells no progress of what it sends: hence the older way. */
function upload(
  file: File,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<{ id: string; name: string }> {
  return new Promise((resolve, reject) => {
    const form = new FormData()
    form.append('file', file, file.name)
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v1/uploads')
    request.responseType = 'json'
    request.upload.onprogress = event => event.lengthComputable && onShare(event.loaded / event.total)
    request.onload = () => {
      if (request.status < 300 && request.response?.id) return resolve(request.response as Upload)
      const wire = (request.response ?? {}) as Partial<Wire>
      reject(new Problem({ ...wire, code: wire.code ?? 'broken', status: request.status }))
    }
    request.onerror = () => reject(new Problem({ code: 'silent', status: 0, title: t('compose:fileSilent') }))
    request.onabort = () => reject(new Problem({ code: 'gone', status: 0 }))
    signal.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}

const limitWords = (bytes: number) => sizeWords(bytes, document.documentElement.lang || 'en')
const tooLarge = (key: string, bytes: number) =>
  new Problem({ code: 'too-large', status: 413, title: t(`compose:${key}`, { limit: limitWords(bytes) }) })

export function useUploads(initial: FileState[] = []) {
  const [files, setFiles] = useState<FileState[]>(initial)
  const running = useRef(new Map<string, AbortController>())
  const chosenFiles = useRef(new Map<string, File>())
  const change = useCallback((key: string, part: Partial<FileState>) => {
    setFiles(all => all.map(one => (one.key === key ? { ...one, ...part } : one)))
  }, [])
  const send = useCallback(
    (key: string, file: File): Promise<{ id: string; name: string }> => {
      const stop = new AbortController()
      running.current.set(key, stop)
      return upload(file, share => change(key, { share }), stop.signal).finally(() => running.current.delete(key))
    },
    [change],
  )
  const begin = useCallback((file: File): string => {
    const key = crypto.randomUUID()
    chosenFiles.current.set(key, file)
    const problem = file.size > uploadLimits.file ? tooLarge('fileTooLarge', uploadLimits.file) : null
    setFiles(all => [...all, { key, name: file.name, bytes: file.size, share: 0, id: null, problem }])
    return key
  }, [])
  const add = useCallback(
    (chosen: Iterable<File>) => {
      for (const file of chosen) {
        const key = begin(file)
        if (file.size > uploadLimits.file) continue
        send(key, file)
          .then(({ id, name }) => change(key, { id, name, share: 1 }))
          .catch((problem: Problem) => change(key, { problem }))
      }
    },
    [begin, change, send],
  )
  const remove = useCallback((key: string) => {
    running.current.get(key)?.abort()
    chosenFiles.current.delete(key)
    setFiles(all => all.filter(one => one.key !== key))
  }, [])
  const again = useCallback(
    (key: string) => {
      const file = chosenFiles.current.get(key)
      if (!file) return
      change(key, { problem: null, share: 0 })
      send(key, file)
        .then(({ id, name }) => change(key, { id, name, share: 1 }))
        .catch((problem: Problem) => change(key, { problem }))
    },
    [change, send],
  )
  /** For a picture between the words: listed while it is on its way, then only where it stands. */
  const picture = useCallback(
    async (file: File): Promise<string | null> => {
      const key = begin(file)
      if (file.size > uploadLimits.file) return null
      try {
        const { id } = await send(key, file)
        remove(key)
        return `/uploads/${id}`
      } catch (problem) {
        change(key, { problem: problem as Problem })
        return null
      }
    },
    [begin, change, remove, send],
  )
  const busy = files.some(one => one.id === null && one.problem === null)
  const bytes = files.reduce((sum, one) => sum + one.bytes, 0)
  const tooMuch = bytes > mostInOneMail ? t('compose:filesTooLarge', { limit: limitWords(mostInOneMail) }) : null
  return { files, add, again, remove, picture, busy, tooMuch, setFiles }
}

/** Files as a draft keeps them; only what has arrived. */
export function keptFiles(files: readonly FileState[]): { id: string; name: string; bytes: number }[] {
  return files.flatMap(({ id, name, bytes }) => (id ? [{ id, name, bytes }] : []))
}

export function restoredFiles(kept: unknown): FileState[] {
  if (!Array.isArray(kept)) return []
  return kept.flatMap(one => {
    const { id, name, bytes } = (one ?? {}) as Record<string, unknown>
    if (typeof id !== 'string' || typeof name !== 'string') return []
    return [{ key: id, id, name, bytes: typeof bytes === 'number' ? bytes : 0, share: 1, problem: null }]
  })
}
