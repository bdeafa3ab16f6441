/** What the bench of the desk brings into its page: a stopwatch from a key to its picture, and a hand that opens and leaves conversations. */
;(() => {
  const here = () => document.querySelector('main.conv .mid')?.getAttribute('aria-label') ?? ''
  const place = () => `${location.pathname}${location.search}`
  const typed = () => document.querySelector('.composer [role=textbox]')?.textContent ?? ''
  const said = () => document.querySelector('.stream article') !== null
  const listed = () => document.querySelector('[data-row]') !== null
  const frame = () => new Promise(go => requestAnimationFrame(go))

  /** What was there before, and whether what was asked for stands. */
  const signs = {
    /** another conversation than before, with something said in it */
    conversation: [here, before => here() !== '' && here() !== before && said()],
    /** a list with rows at another address, and no conversation */
    list: [place, before => place() !== before && listed() && here() === ''],
    composer: [
      () => '',
      () => document.activeElement?.getAttribute('role') === 'textbox' && document.activeElement.closest('.composer'),
    ],
    typed: [typed, before => typed() !== before],
  }

  globalThis.pondWatch = (name, event) =>
    new Promise((resolve, reject) => {
      const [now, stands] = signs[name]
      const before = now()
      const late = setTimeout(
        () => reject(new Error(`no ${name} within ten seconds at ${location.href}, before: ${before}`)),
        10_000,
      )
      addEventListener(
        event,
        ({ timeStamp }) => {
          const look = () => {
            if (!stands(before)) return requestAnimationFrame(look)
            // What stands now is drawn by the end of this frame.
            return requestAnimationFrame(() => {
              clearTimeout(late)
              resolve(performance.now() - timeStamp)
            })
          }
          look()
        },
        { capture: true, once: true },
      )
    })

  const press = key => {
    const target = document.activeElement ?? document.body
    const code = key.length === 1 ? `Key${key.toUpperCase()}` : key
    const goesOn = target.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))
    // What a browser does by itself only when a hand pressed the key.
    if (goesOn && key === 'Enter' && target.matches('a, button')) target.click()
    target.dispatchEvent(new KeyboardEvent('keyup', { key, code, bubbles: true }))
  }
  const until = async stands => {
    for (const from = performance.now(); !stands(); await frame())
      if (performance.now() - from > 20_000)
        throw new Error(
          `nothing came of ${stands} at ${location.href}, focus on ${document.activeElement?.outerHTML.slice(0, 200)}`,
        )
  }

  const opened = before => until(() => here() !== '' && here() !== before && said())
  /** A key that came before the page listened is pressed again, as a hand does. */
  const goOn = async before => {
    for (let tries = 0; tries < 20 && here() === before; tries++) {
      press('j')
      for (let frames = 0; frames < 30 && here() === before; frames++) await frame()
    }
    await opened(before)
  }

  /** Each opens a conversation and leaves it: nine of ten for the next one, the tenth for the list. */
  globalThis.pondCycles = async count => {
    for (let n = 0; n < count; n++) {
      const before = here()
      if (before !== '') await goOn(before)
      else {
        press('j')
        await frame()
        press('Enter')
        await opened(before)
      }
      // Nobody's hand is quicker than a picture.
      await frame()
      if (n % 10 !== 9 && n !== count - 1) continue
      press('u')
      await until(() => here() === '' && listed())
      // Up and down the same forty, as a person's day is: what was read lately is read again.
      if (n % 40 === 39) for (let up = 0; up < 40; up++) press('k')
    }
  }
})()
