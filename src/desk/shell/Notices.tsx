/** Draws the newest notice at the lower start corner. */
import { UndoBar } from '../../ui/index.ts'
import { closeNotice, useNotices } from './notices.ts'

export function Notices() {
  const newest = useNotices().at(-1)
  const close = () => newest && closeNotice(newest.key)
  return (
    <div className="notices" aria-live="polite">
      {newest && (
        <UndoBar
          {...newest}
          onClose={() => {
            newest.onClose?.()
            close()
          }}
          onNow={
            newest.onNow &&
            (() => {
              newest.onNow?.()
              close()
            })
          }
          onUndo={
            newest.onUndo &&
            (() => {
              newest.onUndo?.()
              close()
            })
          }
        />
      )}
    </div>
  )
}
