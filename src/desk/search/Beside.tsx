/** Beside search: what can be added with a tap, and how to keep the search. Each shows what one would type for it. */
import { Link } from '@tanstack/react-router'
import { parseFilter, printTerm, type Term } from '../../contract/filter-text.ts'
import { t } from '../../words/desk.ts'

const hints = {
  open: 'is:open',
  mine: 'owner:me',
  late: 'is:overdue',
  note: 'is:pending',
  file: 'has:attachment',
  week: 'after:7d',
  spam: 'is:spam',
} as const

export function Beside({ q, terms, onToggle }: { q: string; terms: readonly Term[]; onToggle: (term: Term) => void }) {
  const has = (text: string) => terms.some(term => printTerm(term) === text)
  return (
    <aside className="beside" aria-label={t('search:narrow')}>
      <h2 className="section">{t('search:narrowLead')}</h2>
      <ul>
        {Object.entries(hints).map(([name, text]) => (
          <li key={name}>
            <button type="button" aria-pressed={has(text)} onClick={() => onToggle(parseFilter(text)[0]!)}>
              <span>{t(`search:hint.${name}`)}</span>
              <code dir="ltr">{text}</code>
            </button>
          </li>
        ))}
      </ul>
      {terms.length > 0 && (
        <div className="keep">
          <p className="small muted">{t('search:keepLead')}</p>
          <Link to="/inbox/$view" params={{ view: 'all' }} search={{ q }} className="link small">
            {t('search:keep')}
          </Link>
        </div>
      )}
    </aside>
  )
}
