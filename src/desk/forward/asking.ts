/** Somebody wants to pass a message on: from its line, from the menu, or by a key. One place hears it. */
const hearers = new Set<(messageId: string) => void>()

export function askToForward(messageId: string) {
  for (const hear of hearers) hear(messageId)
}

export function onForward(hear: (messageId: string) => void): () => void {
  hearers.add(hear)
  return () => void hearers.delete(hear)
}
