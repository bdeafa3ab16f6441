/** Files on their way into a message: uploaded as soon as they are chosen, with progress. Attaches nothing by itself. */
import { useCallback, useRef, useState } from 'react'
import { Upload } from '../../contract/conversations.ts'
import type { Problem as Wire } from '../../contract/kit.ts'
import { Problem } from '../api.ts'

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
      const answer = Upload.safeParse(request.response)
      if (request.status < 300 && answer.success) return resolve(answer.data)
      const wire = (request.response ?? {}) as Partial<Wire>
      reject(new Problem({ ...wire, code: wire.code ?? 'broken', status: request.status }))
    }
    request.onerror = () => reject(new Problem({ code: 'silent', status: 0 }))
    signal.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}

export function useUploads(initial: FileState[] = []) {
  const [files, setFiles] = useState<FileState[]>(initial)
  const running = useRef(new Map<string, AbortController>())
  const change = useCallback((key: string, part: Partial<FileState>) => {
    setFiles(all => all.map(one => (one.key === key ? { ...one, ...part } : one)))
  }, [])
  const add = useCallback(
    (chosen: Iterable<File>) => {
      for (const file of chosen) {
        const key = crypto.randomUUID()
        const stop = new AbortController()
        running.current.set(key, stop)
        setFiles(all => [...all, { key, name: file.name, bytes: file.size, share: 0, id: null, problem: null }])
        upload(file, share => change(key, { share }), stop.signal)
          .then(({ id, name }) => change(key, { id, name, share: 1 }))
          .catch((problem: Problem) => change(key, { problem }))
          .finally(() => running.current.delete(key))
      }
    },
    [change],
  )
  const remove = useCallback((key: string) => {
    running.current.get(key)?.abort()
    setFiles(all => all.filter(one => one.key !== key))
  }, [])
  const busy = files.some(one => one.id === null && one.problem === null)
  return { files, add, remove, busy, setFiles }
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
