/** Pond's mark: a stone and its ripples; or the picture that the installation chose instead. */
import { logoPath } from '../../contract/look.ts'

export function Mark({ logoId }: { logoId?: string | null | undefined }) {
  if (logoId) return <img className="mark" src={logoPath(logoId, 'small')} alt="" />
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="2.6" className="stone" />
      <circle cx="12" cy="12" r="6.2" />
      <circle cx="12" cy="12" r="10.2" opacity=".55" />
    </svg>
  )
}
