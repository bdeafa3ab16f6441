/** What will stand below the words, folded: seen without being in the way, and changed in one's account. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { signatures } from '../../contract/signatures.ts'
import { filledHtml, type Values } from '../../contract/variables.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import { safeMail } from '../conversation/safeMail.ts'

type Props = { teamId: string; values: Values; name: string; installation: string }

const oneLine = (html: string) =>
  [...new DOMParser().parseFromString(html.replace(/<br\b[^>]*>/g, '<p>'), 'text/html').body.children]
    .map(element => element.textContent?.trim())
    .filter(Boolean)
    .join(' · ')

export function SignatureFold({ teamId, values, name, installation }: Props) {
  const { data } = useQuery({ ...query(signatures, {}), staleTime: 60_000 })
  if (!data) return null
  const ofTeam = data.teams.find(team => team.teamId === teamId)?.signature ?? null
  const kept = data.mine ?? ofTeam
  const html = kept ? safeMail(filledHtml(kept, values), [], { quoted: '' }).html : null
  const plain = html ? oneLine(html) : `${name} · ${installation}`
  return (
    <details className="signature small">
      <summary>
        <span className="muted">{t('compose:signature.with')}</span>{' '}
        <bdi className="cut">{plain.trim().slice(0, 120)}</bdi>
      </summary>
      {html ? (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: made safe above, and by the server before
        <div className="written" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
      ) : (
        <p>
          {name}
          <br />
          <span className="muted">{installation}</span>
        </p>
      )}
      <p className="muted">
        {t(`compose:signature.${data.mine ? 'mine' : ofTeam ? 'team' : 'none'}`)}{' '}
        <Link className="link" to="/settings/account">
          {t('compose:signature.change')}
        </Link>
      </p>
    </details>
  )
}
