/** Makes one statement of many calls that come within the same moment, or while earlier ones are under way, so that a commit is shared. Keeps no order between calls. */

/** `withinMs` 0: whoever comes alone waits for nobody, and only while a round is under way are others gathered. */
export type Gathering = {
  withinMs?: number
  /** from the begin of a round to that of the next at least */
  apartMs?: number
  atMost?: number
  /** rounds under way together */
  atOnce?: number
}

/** `act` answers in the order it was given; when it throws, every caller of that round gets the error. */
export function gather<In, Out>(act: (all: In[]) => Promise<Out[]>, options: Gathering = {}) {
  const { withinMs = 2, apartMs = 0, atMost = 100, atOnce = 1 } = options
  let waiting: { given: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = []
  let cancel: (() => void) | undefined
  let running = 0
  let begun = Number.NEGATIVE_INFINITY

  function go() {
    cancel?.()
    cancel = undefined
    if (running >= atOnce || waiting.length === 0) return
    const early = begun + apartMs - performance.now()
    if (early > 0 && waiting.length < atMost) {
      cancel = soon(go, early)
      return
    }
    begun = performance.now()
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
      else cancel ??= soon(go, withinMs)
    })
}

function soon(go: () => void, ms: number): () => void {
  if (ms === 0) {
    const next = setImmediate(go)
    return () => clearImmediate(next)
  }
  const timer = setTimeout(go, ms)
  return () => clearTimeout(timer)
}

/** The same where what is asked, such as a database, comes with the question: each has rounds of its own. */
export function gatherOn<On extends object, In, Out>(
  act: (on: On, all: In[]) => Promise<Out[]>,
  options: Gathering = {},
): (on: On, given: In) => Promise<Out> {
  const gathered = new WeakMap<On, (given: In) => Promise<Out>>()
  return (on, given) => {
    const theirs = gathered.get(on) ?? gather(all => act(on, all), options)
    gathered.set(on, theirs)
    return theirs(given)
  }
}
