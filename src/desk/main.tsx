/** Starts the desk in the browser. */
import '../ui/global.css'
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { theme, variables } from '../ui/theme.ts'
import { directionOf } from '../words/languages.ts'
import { whenSignedOut } from './api.ts'
import { cache } from './cache.ts'
import { languageBefore, speak, useSpoken } from './language.ts'
import { endLive } from './live.ts'
import { loadNewVersions } from './newVersion.ts'
import { bringWorker, forgetReadings } from './offline/register.ts'
import { renewByEvents } from './renewal.ts'
import { router } from './router.tsx'
import { meQuery } from './session/me.ts'
import { schemeKeeper } from './shell/appearance.ts'
import { holdRouter } from './shell/going.ts'
import { keepScrolls } from './shell/scrolls.ts'
import { todayQuery } from './today/todayQuery.ts'

// Today needs two answers: both are asked for before the page that shows them is there.
if (location.pathname === '/') {
  void cache.prefetchQuery(meQuery)
  void cache.prefetchQuery(todayQuery)
}
holdRouter(router)
keepScrolls(router)
renewByEvents()
whenSignedOut(() => {
  const { pathname, href } = router.state.location
  if (/^\/(sign-in|welcome|link)/.test(pathname) || router.state.status === 'pending') return
  endLive()
  cache.clear()
  void forgetReadings()
  void router.navigate({ to: '/sign-in', search: href === '/' ? {} : { back: href } })
})

loadNewVersions()

/** Another language draws every screen anew: words are read while drawing. */
function Desk() {
  const language = useSpoken()
  return (
    <DirectionProvider key={language} initialDirection={directionOf(language)} detectDirection={false}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        colorSchemeManager={schemeKeeper}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={cache}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  )
}

const root = document.getElementById('desk')
await speak(languageBefore()).catch(() => speak('en'))
if (root) createRoot(root).render(<Desk />)
bringWorker()
