/** Makes one statement of many calls that come within the same moment, so that a commit is shared. Keeps no order between calls. */

/** `act` answers in the order it was given; when it throws, every caller of that round gets the error. */
export function gather<In, Out>(
  act: (all: In[]) => Promise<Out[]>,
  options: { withinMs?: number; atMost?: number } = {},
) {
  let waiting: { given: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = []
  let timer: NodeJS.Timeout | undefined

  function go() {
    clearTimeout(timer)
    timer = undefined
    const round = waiting
    waiting = []
    act(round.map(each => each.given)).then(
      answers => {
        for (const [place, each] of round.entries()) each.resolve(answers[place]!)
      },
      error => {
        for (const each of round) each.reject(error)
      },
    )
  }

  return (given: In): Promise<Out> =>
    new Promise((resolve, reject) => {
      waiting.push({ given, resolve, reject })
      if (waiting.length >= (options.atMost ?? 100)) go()
      else timer ??= setTimeout(go, options.withinMs ?? 2)
    })
}
