/** How a customer would like to be approached; each preference with what it may say. */
import { consentErrors } from './errors.ts'

export const PREFERENCES = ['preferred-channel', 'language', 'quiet-hours', 'frequency'] as const
export type PreferenceName = (typeof PREFERENCES)[number]

const TIME = '([01]\\d|2[0-3]):[0-5]\\d'

const FORMS: Record<PreferenceName, { form: RegExp; expected: string }> = {
  'preferred-channel': { form: /^(email|sms|call|letter)$/, expected: 'email, sms, call, letter' },
  language: { form: /^(zh-CN|zh-TW|en)$/, expected: 'zh-CN, zh-TW, en' },
  /** Not to be disturbed from … to, where the customer is; may go over midnight. */
  'quiet-hours': { form: new RegExp(`^${TIME}-${TIME}$`), expected: '20:00-09:00' },
  /** Offers at most, over thirty days. */
  frequency: { form: /^(\d|[12]\d|30)$/, expected: '0 … 30' },
}

export function checkPreference(name: PreferenceName, value: string): string {
  const { form, expected } = FORMS[name]
  if (value === '' || form.test(value)) return value
  throw consentErrors['consent.preference']({ name, value, expected })
}

export interface Preferences {
  preferredChannel?: string
  language?: string
  quietHours?: { from: string; to: string }
  /** Offers within thirty days. */
  frequency?: number
}

export function readPreferences(values: ReadonlyMap<string, string>): Preferences {
  const get = (name: PreferenceName) => values.get(name) || undefined
  const [from, to] = get('quiet-hours')?.split('-') ?? []
  const frequency = get('frequency')
  const preferredChannel = get('preferred-channel')
  const language = get('language')
  return {
    ...(preferredChannel ? { preferredChannel } : {}),
    ...(language ? { language } : {}),
    ...(from && to ? { quietHours: { from, to } } : {}),
    ...(frequency === undefined ? {} : { frequency: Number(frequency) }),
  }
}
