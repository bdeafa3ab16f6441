/** Today: my promises by due time. */
export function TodayPage() {
  return <div className="page" />
}
