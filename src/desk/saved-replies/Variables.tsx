/** Puts a variable where the caret is: the list is all there is. */
import { IconBraces } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { variableNames } from '../../contract/variables.ts'
import { t } from '../../words/desk.ts'
import type { EditorHandle } from '../compose/Editor.tsx'
import { Menu } from '../pieces/Menu.tsx'

export function Variables({ editor }: { editor: RefObject<EditorHandle | null> }) {
  return (
    <Menu
      label={t('saved-replies:variables')}
      items={variableNames.map(name => ({
        label: t(`saved-replies:variable.${name.replace('.', '-')}`),
        hint: <code className="small muted">{`{{${name}}}`}</code>,
        run: () =>
          editor.current?.insert(
            name === 'customer.firstName' ? `{{${name}|${t('saved-replies:there')}}}` : `{{${name}}}`,
          ),
      }))}
      target={
        <button type="button" className="btn variables">
          <IconBraces size={17} stroke={1.6} aria-hidden="true" /> {t('saved-replies:variables')}
        </button>
      }
    />
  )
}
