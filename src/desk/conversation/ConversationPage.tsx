/** One conversation: its stream, its promises and the composer. */
export function ConversationPage() {
  return <div className="page" />
}
