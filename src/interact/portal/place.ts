export type PlaceName = 'portal' | 'kiosk'

/** Where a customer is: at home with a browser of their own, or in a branch at one that everybody uses. */
export interface Place {
  name: PlaceName
  root: `/${PlaceName}`
  cookie: string
  /** Unused for so long, a session ends. */
  idleMs: number
  mostMs: number
  /** Channels whose messages are read here. */
  channels: readonly string[]
}

const MINUTE = 60_000

export const portal: Place = {
  name: 'portal',
  root: '/portal',
  cookie: 'huiyin_portal',
  idleMs: 30 * MINUTE,
  mostMs: 8 * 60 * MINUTE,
  channels: ['print', 'email', 'sms', 'portal'],
}

export const kiosk: Place = {
  name: 'kiosk',
  root: '/kiosk',
  cookie: 'huiyin_kiosk',
  idleMs: 10 * MINUTE,
  mostMs: 10 * MINUTE,
  channels: ['kiosk'],
}
