/**
 * Notes written without a connection: kept on this device, in order, until the server has each of them. Each carries its id
 * from the start, so that sending it twice keeps it once. A note the server refuses stays until its writer decides.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { useSyncExternalStore } from 'react'
import { note } from '../../contract/conversations.ts'
import { ask, Problem } from '../api.ts'

export type WaitingNote = {
  id: string
  personId: string
  conversationId: string
  body: string
  text: string
  files: string[]
  at: number
  /** why the server did not take it */
  refused?: string
}

interface Shelf extends DBSchema {
  notes: { key: string; value: WaitingNote; indexes: { at: number } }
}
let opened: Promise<IDBPDatabase<Shelf>> | undefined
const shelf = () => {
  opened ??= openDB<Shelf>('pond-waiting', 1, {
    upgrade: db => void db.createObjectStore('notes', { keyPath: 'id' }).createIndex('at', 'at'),
  })
  return opened
}

let now: WaitingNote[] = []
const watchers = new Set<() => void>()
const others = 'BroadcastChannel' in globalThis ? new BroadcastChannel('pond-waiting') : null
others?.addEventListener('message', () => void read())

async function read() {
  const found = await shelf()
    .then(db => db.getAllFromIndex('notes', 'at'))
    .catch(() => now)
  // Nothing waits nearly always: then no screen is drawn anew.
  if (found.length === 0 && now.length === 0) return
  now = found
  for (const watcher of watchers) watcher()
}
async function changed() {
  await read()
  others?.postMessage('changed')
}

/** Throws where nothing can be kept: then the words stay in the composer. */
export async function waitWithNote(waiting: WaitingNote): Promise<void> {
  await (await shelf()).put('notes', waiting)
  await changed()
}

export async function dropWaiting(id: string): Promise<void> {
  await (await shelf()).delete('notes', id)
  await changed()
}

export async function tryAgain(waiting: WaitingNote): Promise<void> {
  const { refused: _, ...fresh } = waiting
  await (await shelf()).put('notes', fresh)
  await changed()
  await sendWaiting(waiting.personId)
}

/** Sends what waits, oldest first, in one tab at a time; stops at the first silence. Answers which conversations got one. */
export async function sendWaiting(personId: string): Promise<Set<string>> {
  const sent = new Set<string>()
  const act = async () => {
    await read()
    for (const waiting of now.filter(each => each.personId === personId && !each.refused)) {
      try {
        await ask(note, {
          conversationId: waiting.conversationId,
          messageId: waiting.id,
          body: waiting.body,
          attachments: waiting.files,
        })
        await dropWaiting(waiting.id)
        sent.add(waiting.conversationId)
      } catch (error) {
        const problem = error instanceof Problem ? error : null
        // Silence, a server that restarts, a session that ended: it goes on waiting.
        if (
          !problem ||
          problem.status === 0 ||
          problem.status === 401 ||
          problem.status === 429 ||
          problem.status >= 500
        )
          return
        await (await shelf()).put('notes', { ...waiting, refused: problem.detail || problem.title || problem.code })
        await changed()
      }
    }
  }
  if ('locks' in navigator)
    await navigator.locks.request('pond-waiting', { ifAvailable: true }, async lock => lock && act())
  else await act()
  return sent
}

// One function for all renders: with a new one each time React would come and go, and each coming reads.
function watch(watcher: () => void) {
  watchers.add(watcher)
  if (watchers.size === 1) void read()
  return () => void watchers.delete(watcher)
}

export function useWaiting(): WaitingNote[] {
  return useSyncExternalStore(watch, () => now)
}
