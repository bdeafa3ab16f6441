/** Sends waiting notes whenever there is a connection again. Once for the whole desk. */
import { useEffect } from 'react'
import * as contract from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { renew } from '../api.ts'
import { cache } from '../cache.ts'
import { useConnection } from '../live.ts'
import { notice } from '../shell/notices.ts'
import { sendWaiting } from './waiting.ts'

export function useOffline(personId: string) {
  const { up } = useConnection()
  useEffect(() => {
    if (!up) return
    const send = async () => {
      const sent = await sendWaiting(personId).catch(() => new Set<string>())
      if (sent.size === 0) return
      renew(cache, contract.open, contract.list)
      notice({ title: t('offline:sent', { count: sent.size }) })
    }
    void send()
    addEventListener('online', send)
    return () => removeEventListener('online', send)
  }, [up, personId])
}
