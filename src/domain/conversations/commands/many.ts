/** Does one thing for each of many, a few at a time, in the order of what comes in. A fault ends it once those under way are through. */

/** Few enough that others still get a connection. */
const atOnce = 4

export async function manyAtOnce<In, Out>(all: readonly In[], act: (one: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = new Array(all.length)
  let next = 0
  const worker = async () => {
    while (next < all.length) {
      const at = next++
      done[at] = await act(all[at]!)
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.min(atOnce, all.length) }, worker))
  for (const each of workers) if (each.status === 'rejected') throw each.reason
  return done
}
