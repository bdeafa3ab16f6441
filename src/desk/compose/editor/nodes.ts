/** What can stand between the words besides paragraphs: pictures of ours, people of ours, and tables as they were pasted. */
import Image from '@tiptap/extension-image'
import { mergeAttributes, Node } from '@tiptap/react'

const ownPicture = /^\/uploads\/[0-9a-f-]{36}$/

/** Only what was uploaded here: a picture from elsewhere would be missing in the mail, or tell who reads it. */
export const Picture = Image.extend({
  parseHTML() {
    return [
      {
        tag: 'img[src]',
        getAttrs: element => (ownPicture.test(element.getAttribute('src') ?? '') ? null : false),
      },
    ]
  },
}).configure({ inline: false, allowBase64: false })

/** A colleague named in a note: `<span data-mention="id">@Name</span>`. */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes() {
    return {
      id: { default: null, parseHTML: element => element.getAttribute('data-mention') },
      name: { default: '', parseHTML: element => (element.textContent ?? '').replace(/^@/, '') },
    }
  },
  parseHTML: () => [{ tag: 'span[data-mention]' }],
  renderHTML: ({ node }) => [
    'span',
    mergeAttributes({ 'data-mention': String(node.attrs.id), class: 'mention' }),
    `@${node.attrs.name}`,
  ],
  renderText: ({ node }) => `@${node.attrs.name}`,
  renderMarkdown: node => `<span data-mention="${node.attrs?.id}">@${node.attrs?.name}</span>`,
})

const span = (name: 'colspan' | 'rowspan') => ({
  default: 1,
  parseHTML: (element: HTMLElement) => Math.min(50, Math.max(1, Number(element.getAttribute(name)) || 1)),
  renderHTML: (attributes: Record<string, unknown>) => (attributes[name] === 1 ? {} : { [name]: attributes[name] }),
})

/** Kept as it was pasted, without widths and colours; rows and columns are made elsewhere. */
export const Table = Node.create({
  name: 'table',
  group: 'block',
  content: 'tableRow+',
  isolating: true,
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: () => ['table', ['tbody', 0]],
})
export const TableRow = Node.create({
  name: 'tableRow',
  content: 'tableCell*',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: () => ['tr', 0],
})
export const TableCell = Node.create({
  name: 'tableCell',
  content: 'block+',
  isolating: true,
  addAttributes: () => ({ colspan: span('colspan'), rowspan: span('rowspan') }),
  parseHTML: () => [{ tag: 'td' }, { tag: 'th' }],
  renderHTML: ({ HTMLAttributes }) => ['td', mergeAttributes(HTMLAttributes), 0],
})
