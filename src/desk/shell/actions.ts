/**
 * What can be done here: screens register their actions, and the palette, the keys and the sheet of keys all read from
 * this one list. Runs nothing by itself.
 */
import type { ComponentType } from 'react'
import { useEffect, useRef, useSyncExternalStore } from 'react'

export type Action = {
  id: string
  label: string
  /** as tinykeys writes them: "r", "g t", "$mod+K"; "#", "!" and "?" are written as they are */
  keys?: string
  group: 'here' | 'lists' | 'writing' | 'go' | 'anywhere'
  icon?: ComponentType<{ size?: number; stroke?: number }>
  run: () => void
  /** also in a field being written in (only with Ctrl or Alt) */
  inFields?: boolean
  /** keys only: not shown in the palette */
  hidden?: boolean
}

let all: Action[] = []
const owners = new Map<symbol, Action[]>()
const watchers = new Set<() => void>()

function set(owner: symbol, actions: Action[] | null) {
  if (actions) owners.set(owner, actions)
  else owners.delete(owner)
  // Who came last stands first: the screen on top wins a key.
  all = [...owners.values()].reverse().flat()
  for (const watcher of watchers) watcher()
}

const shape = (actions: Action[]) =>
  actions.map(({ id, label, keys, group }) => `${id}|${label}|${keys}|${group}`).join('\n')

/** Offers these actions while the component is there. They may be made anew at every rendering. */
export function useActions(actions: Action[]) {
  const latest = useRef(actions)
  latest.current = actions
  const outline = shape(actions)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the outline stands for the actions; what they run is read when they run
  useEffect(() => {
    const owner = Symbol('actions')
    set(
      owner,
      latest.current.map(action => ({
        ...action,
        run: () => latest.current.find(({ id }) => id === action.id)?.run(),
      })),
    )
    return () => set(owner, null)
  }, [outline])
}

export function useAllActions(): Action[] {
  return useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    () => all,
  )
}
