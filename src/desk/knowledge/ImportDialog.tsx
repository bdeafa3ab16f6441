/** Bringing articles as a zip of Markdown or HTML files, and taking all of them along. */
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { exportPath, type ImportReport, importPath } from '../../contract/knowledge-around.ts'
import { t } from '../../words/knowledge.ts'
import { Problem, send } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { renewArticles } from './queries.ts'

const shownLeft = 20

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null)
  const bringing = useMutation({
    mutationFn: async (zip: File) => {
      const form = new FormData()
      form.append('file', zip, zip.name)
      return (await send(importPath, { method: 'POST', body: form })) as ImportReport
    },
    onSuccess: renewArticles,
  })
  const report = bringing.data
  const problem = bringing.error instanceof Problem ? bringing.error : null
  return (
    <Dialog
      title={t('knowledge:inAndOut')}
      lead={t('knowledge:importLead')}
      act={report ? t('knowledge:importDone') : t('knowledge:import')}
      busy={bringing.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => (report ? onClose() : file && bringing.mutate(file))}
      onClose={onClose}
    >
      {report ? (
        <div role="status">
          <p className="strong">{t('knowledge:imported', { count: report.made })}</p>
          {report.changed > 0 && <p>{t('knowledge:importedChanged', { count: report.changed })}</p>}
          {report.pictures > 0 && <p>{t('knowledge:importedPictures', { count: report.pictures })}</p>}
          {report.left.length > 0 && (
            <details>
              <summary>{t('knowledge:importLeft', { count: report.left.length })}</summary>
              <ul className="small">
                {report.left.slice(0, shownLeft).map(({ path, because }) => (
                  <li key={`${path} ${because}`}>
                    <bdi>{path}</bdi>: {t(`knowledge:leftBecause.${because}`)}
                  </li>
                ))}
              </ul>
            </details>
          )}
          <p className="muted">{t('knowledge:importNext')}</p>
        </div>
      ) : (
        <div className="labelled">
          <label htmlFor="zip">{t('knowledge:zip')}</label>
          <input
            id="zip"
            type="file"
            accept=".zip,application/zip"
            onChange={event => setFile(event.currentTarget.files?.[0] ?? null)}
          />
        </div>
      )}
      <p>
        <a className="btn" data-quiet href={exportPath} download>
          <IconDownload size={17} stroke={1.6} aria-hidden="true" />
          {t('knowledge:export')}
        </a>
      </p>
    </Dialog>
  )
}
