import { safely } from '../../../kit/index.ts'

/** Of this computer, as its softphone is. */
export interface DialBy {
  scheme: 'tel' | 'sip'
  /** Where the softphone is registered; for `sip` only. */
  host: string
}

const KEY = 'huiyin.dial'

export function dialBy(): DialBy {
  const kept = safely(() => JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<DialBy>) ?? {}
  return { scheme: kept.scheme === 'sip' ? 'sip' : 'tel', host: kept.host ?? '' }
}

export const keepDialBy = (by: DialBy): void => void safely(() => localStorage.setItem(KEY, JSON.stringify(by)))

/** RFC 3966; RFC 3261, 19.1.6. */
export const dialAddress = (number: string, { scheme, host }: DialBy): string =>
  scheme === 'sip' && host !== '' ? `sip:${number}@${host};user=phone` : `tel:${number}`
