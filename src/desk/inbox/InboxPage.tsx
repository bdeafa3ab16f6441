/** The inbox: lists of conversations by view and team. */
export function InboxPage() {
  return <div className="page" />
}
