/** Going somewhere from code that is no component, such as after a reply was taken back. Held here, because the router knows every page and no page may know it. */
import type { NavigateOptions, RegisteredRouter } from '@tanstack/react-router'

let held: RegisteredRouter | undefined

export function holdRouter(router: RegisteredRouter) {
  held = router
}

export function whereNow(): { pathname: string; search: object } {
  return held?.state.location ?? { pathname: location.pathname, search: {} }
}

export async function goTo(where: NavigateOptions<RegisteredRouter>) {
  await held?.navigate(where as Parameters<RegisteredRouter['navigate']>[0])
}
