/** What is being written is kept before anything is done with it: the page's words, held here for the acts beside them. */
type Flush = () => Promise<boolean>
let held: Flush | null = null

export function holdFlush(flush: Flush): () => void {
  held = flush
  return () => {
    if (held === flush) held = null
  }
}

export const keptNow = async () => (held ? held() : true)
