/** Where drafts lie on this device, one for each conversation, person and kind. Tells other tabs and this one when one changes. */
import type { LocalDraft } from './draftChoice.ts'

/** This page, among the tabs of one browser. */
export const tab = crypto.randomUUID()
const hearers = new Set<(key: string, draft: LocalDraft | null) => void>()
/** A browser that keeps nothing (private, full) still keeps what is written until the page is left. */
const memory = new Map<string, LocalDraft>()

export const draftKey = (personId: string, conversationId: string, kind: string) =>
  `pond-draft/${personId}/${conversationId}/${kind}`

function parsed(text: string | null): LocalDraft | null {
  if (text === null) return null
  try {
    const draft = JSON.parse(text) as Partial<LocalDraft>
    if (typeof draft.body !== 'string' || typeof draft.savedAt !== 'number') return null
    return {
      body: draft.body,
      choices: draft.choices ?? {},
      seenVersion: draft.seenVersion ?? 0,
      savedAt: draft.savedAt,
      tab: draft.tab ?? '',
      shared: draft.shared ?? null,
      ahead: draft.ahead ?? true,
    }
  } catch {
    return null
  }
}

export function takeDraft(key: string): LocalDraft | null {
  try {
    return parsed(localStorage.getItem(key)) ?? memory.get(key) ?? null
  } catch {
    return memory.get(key) ?? null
  }
}

export function keepDraft(key: string, draft: LocalDraft) {
  memory.set(key, draft)
  try {
    localStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // It stays in this page, and on the server.
  }
}

export function dropDraft(key: string) {
  memory.delete(key)
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was kept, so nothing stays.
  }
}

/** Puts a draft back that was on its way: an open composer takes it up. */
export function putBack(key: string, draft: LocalDraft) {
  keepDraft(key, draft)
  for (const hearer of hearers) hearer(key, draft)
}

/** Hears of a draft that another tab saved or that was put back here. */
export function onDraft(key: string, hear: (draft: LocalDraft | null) => void): () => void {
  const here = (changed: string, draft: LocalDraft | null) => changed === key && hear(draft)
  const elsewhere = (event: StorageEvent) => {
    if (event.key !== key) return
    memory.delete(key)
    hear(parsed(event.newValue))
  }
  hearers.add(here)
  addEventListener('storage', elsewhere)
  return () => {
    hearers.delete(here)
    removeEventListener('storage', elsewhere)
  }
}
