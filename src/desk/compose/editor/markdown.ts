/** Markdown to rich text and back, by the same list of what the field can hold. Loaded only when somebody wants it. */
import { MarkdownManager } from '@tiptap/markdown'
import type { JSONContent } from '@tiptap/react'
import { contents } from './extensions.ts'

let manager: MarkdownManager | undefined
const made = () => {
  manager ??= new MarkdownManager({ extensions: contents(false) })
  return manager
}

export const fromMarkdown = (text: string): JSONContent => made().parse(text)
export const toMarkdown = (document: JSONContent): string => made().serialize(document)
