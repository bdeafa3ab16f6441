/** Which of the drafts kept here, on the server and in another tab is the one to go on with. Pure; never drops a text without saying so. */
export type Draft = {
  body: string
  /** recipients, next step and files as chosen so far */
  choices: Record<string, unknown>
  seenVersion: number
  /** milliseconds since 1970 */
  savedAt: number
}
export type LocalDraft = Draft & {
  /** the tab that wrote it last */
  tab: string
  /** the server's time of saving this text came from or went to; null while it was never there */
  shared: number | null
  /** whether it holds words the server has not */
  ahead: boolean
}

/** An editor writes an empty paragraph for nothing. */
export function saysNothing(body: string): boolean {
  return !/<img\b/i.test(body) && body.replace(/<[^>]*>|&nbsp;|\s/g, '') === ''
}

/** What to open the composer with; `other` is a second text that differs and must be offered, not lost. */
export function draftToOpen(
  local: LocalDraft | null,
  server: Draft | null,
): { use: Draft | null; other: Draft | null } {
  const here = local && !saysNothing(local.body) ? local : null
  const there = server && !saysNothing(server.body) ? server : null
  if (!here || !there) return { use: here ?? there, other: null }
  if (here.body === there.body) return { use: here.savedAt >= there.savedAt ? here : there, other: null }
  if (!here.ahead) return { use: there, other: null }
  // Words only this device has. If the server's text moved on since, both were written apart.
  const apart = here.shared === null || there.savedAt > here.shared
  return { use: here, other: apart ? there : null }
}

/** Another tab saved: take its text when nothing was written here since, else both stand against each other. */
export function afterOtherTab(
  mine: { body: string; lastStored: string },
  theirs: string,
): 'adopt' | 'same' | 'against' {
  if (mine.body === theirs) return 'same'
  return mine.body === mine.lastStored || saysNothing(mine.body) ? 'adopt' : 'against'
}
