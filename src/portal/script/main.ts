/** What makes the form outside quicker to use: suggestions while one writes, a draft that outlives a reload, and a button that says it is at work. The page is whole without it. */
import { keepDraft } from './draft.ts'
import { sayBusy } from './sending.ts'
import { suggest } from './suggesting.ts'

const may = document.querySelector<HTMLElement>('#may[data-ask]')
const text = document.querySelector<HTMLTextAreaElement>('textarea[name="text"]')
const form = text?.form
if (form && text) {
  sayBusy(form)
  keepDraft(form)
  if (may) suggest({ may, form, text })
}
