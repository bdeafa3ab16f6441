/** The forms customers fill in: a list, each with where it leads to; made and changed in a dialog. */
import { IconForms } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import * as contract from '../../contract/forms.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Row, Section, Waits } from '../settings/Section.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'

const FormDialog = lazy(() => import('./FormDialog.tsx'))

export function Forms() {
  const asked = useQuery(query(contract.forms, {}))
  const [editing, edit] = useState<contract.Form | 'new' | null>(null)
  const restoring = useMutation({
    mutationFn: ({ id, ...form }: contract.Form) => ask(contract.saveForm, { formId: id, ...form }),
    onSettled: () => renew(cache, contract.forms),
    onError: (error: Error) => noticeFailure(error),
  })
  const removing = useMutation({
    mutationFn: ({ id }: contract.Form) => ask(contract.removeForm, { formId: id }),
    onSettled: () => renew(cache, contract.forms),
    onError: (error: Error) => noticeFailure(error),
    onSuccess: (_, form) =>
      notice({ title: t('portal:removed', { name: form.name }), onUndo: () => restoring.mutate(form) }),
  })
  const { forms = [], mailboxes = [], fields = [] } = asked.data ?? {}
  return (
    <Section title={t('portal:forms')} note={t('portal:formsLead')}>
      <Waits asked={asked} />
      <ul className="ledge">
        {forms.map(form => {
          const mailbox = mailboxes.find(({ id }) => id === form.mailboxId)
          return (
            <Row
              key={form.id}
              icon={<IconForms size={18} aria-hidden />}
              acts={
                <>
                  <Button kind="quiet" onClick={() => edit(form)}>
                    {t('portal:change')}
                  </Button>
                  <Button kind="quiet" onClick={() => removing.mutate(form)}>
                    {t('portal:remove')}
                  </Button>
                </>
              }
            >
              <b>{form.name}</b>
              <p className="small muted">
                {[mailbox && t('portal:goesTo', mailbox), t('portal:asks', { count: form.fields.length })]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </Row>
          )
        })}
      </ul>
      {asked.data && mailboxes.length > 0 && (
        <p className="acts spaced">
          <Button onClick={() => edit('new')}>{t('portal:make')}</Button>
        </p>
      )}
      {editing && (
        <Suspense>
          <FormDialog form={editing === 'new' ? null : editing} {...{ mailboxes, fields }} onClose={() => edit(null)} />
        </Suspense>
      )}
    </Section>
  )
}
