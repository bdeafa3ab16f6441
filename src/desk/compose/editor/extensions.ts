/** What the field can hold and what it does while one types, one list for the editor and for reading Markdown. */
import Link from '@tiptap/extension-link'
import Placeholder from '@tiptap/extension-placeholder'
import type { AnyExtension } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { Mention, Picture, Table, TableCell, TableRow } from './nodes.ts'

/** `autolink` is off where variables are written: {{team.name}} looks like an address. */
export const contents = (autolink: boolean): AnyExtension[] => [
  StarterKit.configure({ heading: { levels: [2, 3] }, link: false }),
  Link.configure({ openOnClick: false, autolink, defaultProtocol: 'https', protocols: ['mailto', 'tel'] }),
  Picture,
  Mention,
  Table,
  TableRow,
  TableCell,
]

export const placeholder = (words: string) => Placeholder.configure({ placeholder: words })
