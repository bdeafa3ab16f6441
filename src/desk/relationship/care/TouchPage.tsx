/** The quick page for the phone: one hand, one form, and it is written down. */
import './care.css'
import '../../../words/care.ts'
import { useNavigate } from '@tanstack/react-router'
import { t } from '../../../words/catalogue.ts'
import { usePageTitle } from '../../shell/usePageTitle.ts'
import { TouchForm } from './TouchForm.tsx'

export function TouchPage() {
  const navigate = useNavigate()
  usePageTitle(t('care:touch.title'))
  const leave = () => void navigate({ to: '/check-ins', search: {} })
  return (
    <main className="page touchpage" id="page">
      <h1 className="title">{t('care:touch.title')}</h1>
      <p className="muted lead">{t('care:touch.lead')}</p>
      <TouchForm onDone={leave} onCancel={leave} />
    </main>
  )
}
