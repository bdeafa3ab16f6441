/** Somebody wants to ask a colleague: by a key, from the composer, or from a message that shall go along. One place hears it. */
const hearers = new Set<(messageId: string | null) => void>()

export function askColleague(messageId: string | null = null) {
  for (const hear of hearers) hear(messageId)
}

export function onAskColleague(hear: (messageId: string | null) => void): () => void {
  hearers.add(hear)
  return () => void hearers.delete(hear)
}
