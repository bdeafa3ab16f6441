/** Lays thousands out beside the page. */
import { type Kept, lay, type Stone } from './layout.ts'

type Asked = { stones: Stone[]; kept: Kept | undefined }
const here = globalThis as unknown as {
  onmessage: (message: MessageEvent<Asked>) => void
  postMessage: (what: unknown, transfer: Transferable[]) => void
}

here.onmessage = ({ data }) => {
  const laid = lay(data.stones, data.kept)
  here.postMessage(laid, [laid.x.buffer as ArrayBuffer, laid.y.buffer as ArrayBuffer])
}
