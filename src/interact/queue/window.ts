/** Hours in which a channel may ring at the customer's, in the customer's own zone. */
import type { ContactPolicy } from '../../optimize/index.ts'
import { isBetween } from '../gate/quiet-hours.ts'

export interface SendingHours {
  /** 'HH:MM'; the same twice: the whole day. */
  from: string
  to: string
  /** Of customers whose country has no zone in the contact policy. */
  zone: string
}

/** Zones of countries with one; of the others the policy names the one meant, or the company's own is taken. */
const ZONES: Record<string, string> = {
  CN: 'Asia/Shanghai',
  HK: 'Asia/Hong_Kong',
  MO: 'Asia/Macau',
  TW: 'Asia/Taipei',
  SG: 'Asia/Singapore',
  JP: 'Asia/Tokyo',
  KR: 'Asia/Seoul',
  GB: 'Europe/London',
  IE: 'Europe/Dublin',
  FR: 'Europe/Paris',
  DE: 'Europe/Berlin',
  NL: 'Europe/Amsterdam',
  BE: 'Europe/Brussels',
  CH: 'Europe/Zurich',
  IT: 'Europe/Rome',
}

export function zoneOf(policy: Pick<ContactPolicy, 'quiet_hours'>, country: string, fallback: string): string {
  return policy.quiet_hours.find(rule => rule.country === country)?.zone ?? ZONES[country] ?? fallback
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** 'HH:MM' in a zone. */
export function timeIn(zone: string, at: Date): string {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    formats.set(zone, format)
  }
  return format.format(at)
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Milliseconds until the hours begin there; 0 within them. A clock put forward or back in between is met at the next look. */
export function untilOpen({ from, to }: SendingHours, zone: string, at: Date): number {
  if (from === to) return 0
  const time = timeIn(zone, at)
  if (isBetween(time, from, to)) return 0
  const wait = (minutes(from) - minutes(time) + 1440) % 1440
  return wait * 60_000 - (at.getTime() % 60_000)
}
