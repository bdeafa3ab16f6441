/** Makes one statement of many calls that come within the same moment, or while earlier ones are under way, so that a commit is shared. Keeps no order between calls. */

export type Gathering = { withinMs?: number; atMost?: number /** rounds under way together */; atOnce?: number }

/** `act` answers in the order it was given; when it throws, every caller of that round gets the error. */
export function gather<In, Out>(act: (all: In[]) => Promise<Out[]>, options: Gathering = {}) {
  const { withinMs = 2, atMost = 100, atOnce = 1 } = options
  let waiting: { given: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = []
  let timer: NodeJS.Timeout | undefined
  let running = 0

  function go() {
    clearTimeout(timer)
    timer = undefined
    if (running >= atOnce || waiting.length === 0) return
    const round = waiting.slice(0, atMost)
    waiting = waiting.slice(atMost)
    running++
    act(round.map(each => each.given))
      .then(
        answers => {
          for (const [place, each] of round.entries()) each.resolve(answers[place]!)
        },
        error => {
          for (const each of round) each.reject(error)
        },
      )
      .finally(() => {
        running--
        go()
      })
    if (waiting.length > 0) go()
  }

  return (given: In): Promise<Out> =>
    new Promise((resolve, reject) => {
      waiting.push({ given, resolve, reject })
      if (waiting.length >= atMost) go()
      else timer ??= setTimeout(go, withinMs)
    })
}
