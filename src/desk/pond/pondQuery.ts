/** The pond's answer, asked again when something happens that could move somebody: soon where there are few, less often where there are thousands. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { pond, pondOne } from '../../contract/pond.ts'
import { query } from '../api.ts'
import { useLive } from '../live.ts'
import { relationsFrom } from './relations.ts'

const moving =
  /^(message\.(received|replied|taken-back)|promise\.|conversation\.|relationship\.|touch\.|person\.|organisation\.|membership\.|follow-up\.|sample\.)/

export function usePond() {
  const cache = useQueryClient()
  const asked = useQuery(query(pond, {}))
  const waits = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const many = (asked.data?.rows.length ?? 0) > 1000
  useLive(({ kind }) => {
    if (!moving.test(kind) || waits.current) return
    waits.current = setTimeout(
      () => {
        waits.current = undefined
        void cache.invalidateQueries({ queryKey: [pond.path] })
        void cache.invalidateQueries({ queryKey: [pondOne.path] })
      },
      many ? 8000 : 700,
    )
  })
  useEffect(() => () => clearTimeout(waits.current), [])
  const relations = useMemo(() => (asked.data ? relationsFrom(asked.data) : []), [asked.data])
  return { asked, relations, total: asked.data?.total ?? 0 }
}
