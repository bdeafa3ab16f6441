/** Whether this browser can be pushed to, and switching that on and off. Asks for leave only when somebody presses the button. */
import { forgetPush, pushDevices, subscribePush } from '../../contract/notifications.ts'
import { ask } from '../api.ts'

export type PushState = 'unable' | 'denied' | 'off' | 'on'

export function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
}

async function subscribed(): Promise<PushSubscription | null> {
  const worker = await navigator.serviceWorker.getRegistration()
  return (await worker?.pushManager.getSubscription()) ?? null
}

export async function pushState(): Promise<PushState> {
  if (!canPush()) return 'unable'
  if (Notification.permission === 'denied') return 'denied'
  if (Notification.permission !== 'granted') return 'off'
  return (await subscribed()) ? 'on' : 'off'
}

async function tellServer(subscription: PushSubscription) {
  const { endpoint, keys } = subscription.toJSON()
  await ask(subscribePush, { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } })
}

/** Must be called by a press: browsers ask for leave only then. */
export async function turnOn(key: string): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted')
    return Notification.permission === 'denied' ? 'denied' : 'off'
  const worker = await navigator.serviceWorker.ready
  // One made under another key of this installation, such as before a restore, reaches nobody.
  await (await worker.pushManager.getSubscription())?.unsubscribe()
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  try {
    await tellServer(subscription)
  } catch (error) {
    await subscription.unsubscribe()
    throw error
  }
  return 'on'
}

export async function turnOff(): Promise<void> {
  const { devices } = await ask(pushDevices, {})
  for (const device of devices.filter(({ current }) => current)) await ask(forgetPush, { deviceId: device.id })
  await (await subscribed())?.unsubscribe()
}

/** After signing in: pushes go to whoever is signed in here now, under this session. */
export async function renewPush(): Promise<void> {
  if ((await pushState()) !== 'on') return
  const subscription = await subscribed()
  if (subscription) await tellServer(subscription)
}
