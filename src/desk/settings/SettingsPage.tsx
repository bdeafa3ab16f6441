/** Settings, by subject. */
export function SettingsPage() {
  return <div className="page" />
}
