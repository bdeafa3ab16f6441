/** Rows and columns of a table: put beside the caret, and taken away. Cells that span several are left as they are. */
import { type Node as Element, Fragment, type NodeType } from '@tiptap/pm/model'
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { Editor } from '@tiptap/react'

type Place = { table: Element; tableAt: number; rowIndex: number; cellIndex: number }

export function placeIn(state: EditorState): Place | null {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name !== 'table') continue
    return {
      table: $from.node(depth),
      tableAt: $from.before(depth),
      rowIndex: $from.index(depth),
      cellIndex: $from.index(depth + 1),
    }
  }
  return null
}

const cellOf = (type: NodeType) => type.createAndFill() as Element

/** Three by three, the first row for headings; the caret goes into its first cell. */
export function insertTable(editor: Editor) {
  const at = editor.state.selection.from
  const row = (tag: string) => `<tr>${`<${tag}><p></p></${tag}>`.repeat(3)}</tr>`
  editor
    .chain()
    .focus()
    .insertContent(`<table><tbody>${row('th')}${row('td')}${row('td')}</tbody></table><p></p>`)
    .run()
  const { state, view } = editor
  const place = state.doc.resolve(Math.min(at + 1, state.doc.content.size))
  view.dispatch(state.tr.setSelection(TextSelection.near(place)))
}

/** The caret goes to the cell after this one, or before it; behind the last one a row is put. False outside a table, and before the first. */
export function goToCell(editor: Editor, step: 1 | -1): boolean {
  const place = placeIn(editor.state)
  if (!place) return false
  const starts: number[] = []
  const here = { at: -1 }
  place.table.descendants((node, pos) => {
    if (node.type.name !== 'tableCell' && node.type.name !== 'tableHeader') return true
    const start = place.tableAt + 1 + pos
    const { from } = editor.state.selection
    if (from > start && from < start + node.nodeSize) here.at = starts.length
    starts.push(start + 1)
    return false
  })
  const next = starts[here.at + step]
  if (next === undefined) {
    if (step < 0 || here.at < 0) return false
    changeTable(editor, 'row')
    return goToCell(editor, 1)
  }
  const { state, view } = editor
  view.dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(next))).scrollIntoView())
  return true
}

type Change = 'row' | 'column' | 'no-row' | 'no-column' | 'no-table'

export function changeTable(editor: Editor, change: Change) {
  const { state, view } = editor
  const place = placeIn(state)
  if (!place) return
  const { table, tableAt, rowIndex, cellIndex } = place
  const rows = [...table.children]
  const { tableCell } = state.schema.nodes
  if (!tableCell) return
  const cells = (row: Element) => [...row.children]
  const withCells = (row: Element, all: Element[]) => row.type.create(row.attrs, Fragment.from(all))
  let next = rows
  if (change === 'row') {
    const like = rows[rowIndex]
    if (like)
      next = rows.toSpliced(
        rowIndex + 1,
        0,
        withCells(
          like,
          cells(like).map(() => cellOf(tableCell)),
        ),
      )
  } else if (change === 'no-row') next = rows.toSpliced(rowIndex, 1)
  else if (change === 'column')
    next = rows.map(row => {
      const all = cells(row)
      const like = all[cellIndex] ?? all.at(-1)
      return withCells(row, all.toSpliced(cellIndex + 1, 0, cellOf(like?.type ?? tableCell)))
    })
  else if (change === 'no-column') next = rows.map(row => withCells(row, cells(row).toSpliced(cellIndex, 1)))
  const gone = change === 'no-table' || next.length === 0 || next.every(row => row.childCount === 0)
  const end = tableAt + table.nodeSize
  const transaction: Transaction = gone
    ? state.tr.delete(tableAt, end)
    : state.tr.replaceWith(tableAt, end, table.type.create(table.attrs, Fragment.from(next)))
  const near = Math.min(state.selection.from, transaction.doc.content.size)
  view.dispatch(transaction.setSelection(TextSelection.near(transaction.doc.resolve(near))))
  view.focus()
}
