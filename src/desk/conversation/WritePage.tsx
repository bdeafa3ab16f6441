/** Begin a conversation: write first, or note a phone call. */
export function WritePage() {
  return <div className="page" />
}
