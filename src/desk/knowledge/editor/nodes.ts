/** What an article can hold beside the words of a reply: pictures of its own, tables that are made here, boxes aside, and steps. */
import Image from '@tiptap/extension-image'
import Link from '@tiptap/extension-link'
import Placeholder from '@tiptap/extension-placeholder'
import {
  type AnyExtension,
  type Editor,
  Extension,
  type KeyboardShortcutCommand,
  mergeAttributes,
  Node,
} from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { Table, TableRow } from '../../compose/editor/nodes.ts'
import { goToCell } from './tables.ts'

const ownPicture = /^\/(?:uploads|articles\/pictures)\/[0-9a-f-]{36}$/

/** Only what lies here: nothing is fetched from elsewhere by whoever reads. */
const Picture = Image.extend({
  parseHTML: () => [
    {
      tag: 'img[src]',
      getAttrs: element => (ownPicture.test(element.getAttribute('src') ?? '') ? null : false),
    },
  ],
}).configure({ inline: false, allowBase64: false })

const span = (name: 'colspan' | 'rowspan') => ({
  default: 1,
  parseHTML: (element: HTMLElement) => Math.min(50, Math.max(1, Number(element.getAttribute(name)) || 1)),
  renderHTML: (attributes: Record<string, unknown>) => (attributes[name] === 1 ? {} : { [name]: attributes[name] }),
})
const cell = (name: string, tag: 'td' | 'th') =>
  Node.create({
    name,
    content: 'block+',
    isolating: true,
    addAttributes: () => ({ colspan: span('colspan'), rowspan: span('rowspan') }),
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, mergeAttributes(HTMLAttributes), 0],
  })

export const asides = ['note', 'tip', 'warning'] as const

const Aside = Node.create({
  name: 'aside',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => ({
    kind: {
      default: 'note',
      parseHTML: (element: HTMLElement) => asides.find(each => each === element.getAttribute('data-aside')) ?? 'note',
      renderHTML: (attributes: Record<string, unknown>) => ({ 'data-aside': attributes.kind }),
    },
  }),
  parseHTML: () => [{ tag: 'div[data-aside]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes), 0],
})

/** Outside a table Tab leaves the field, as everywhere. */
const cellKeys: Record<string, KeyboardShortcutCommand> = {
  Tab: ({ editor }) => goToCell(editor as Editor, 1),
  'Shift-Tab': ({ editor }) => goToCell(editor as Editor, -1),
}

/** A numbered list that is drawn as steps. */
const Steps = Extension.create({
  name: 'steps',
  addGlobalAttributes: () => [
    {
      types: ['orderedList'],
      attributes: {
        steps: {
          default: false,
          parseHTML: (element: HTMLElement) => element.hasAttribute('data-steps'),
          renderHTML: (attributes: Record<string, unknown>) => (attributes.steps ? { 'data-steps': '' } : {}),
        },
      },
    },
  ],
})

export const articleContents = (placeholder: string): AnyExtension[] => [
  StarterKit.configure({ heading: { levels: [2, 3] }, link: false }),
  Link.configure({ openOnClick: false, autolink: true, defaultProtocol: 'https', protocols: ['mailto', 'tel'] }),
  Picture,
  Table.extend({
    addKeyboardShortcuts: () => cellKeys,
  }),
  TableRow.extend({ content: '(tableCell | tableHeader)*' }),
  cell('tableCell', 'td'),
  cell('tableHeader', 'th'),
  Aside,
  Steps,
  Placeholder.configure({ placeholder }),
]
