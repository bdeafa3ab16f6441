/** Pieces that several pages outside are made of. */

export type Promised = {
  state: 'open' | 'soon' | 'overdue' | 'kept' | 'kept-late' | 'renegotiated' | 'broken' | 'released'
  theirs: boolean
  words: string
  by: string
  /** where it belongs to */
  address?: string
}
