/** Who is on the line as we believe it, what to ask to be sure of it, and what they allowed. */
import { holdsNow, knownDecay, type Standing, standingConsents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { keptFor } from '../tasks/kept-for.ts'
import type { Picture } from './api.ts'
import type { Golden } from './look.ts'

const NAMES = {
  mobile: { en: 'mobile number', zh: '手机号码' },
  landline: { en: 'landline number', zh: '固定电话' },
  email: { en: 'e-mail address', zh: '电子邮箱' },
  street: { en: 'address', zh: '通信地址' },
} satisfies Record<string, Text>

/** A value that is right with less than this probability is asked after in passing. */
const DOUBTFUL = 0.8

/** Measured once a turn. */
const decayNow = keptFor(5000, knownDecay)

/** `known`: what the customer allowed, where it was read already. */
export async function whoIsThis(
  app: App,
  runId: number,
  id: number,
  golden: Golden,
  known?: ReadonlyMap<string, Standing>,
): Promise<Picture['who']> {
  const [decay, consents] = await Promise.all([decayNow(app), known ?? standingConsents(app, runId, [id])])
  const provenance = JSON.parse(golden.provenance || '{}') as Record<string, { source?: string; at?: string | null }>
  const verify = (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((field): Picture['who']['verify'] => {
    if (golden[field] === '') return [{ field, name: NAMES[field], holds: null }]
    const from = provenance[field] ?? provenance['address']
    const holds = holdsNow(decay, field, from?.source ?? '', from?.at ?? null)?.probability ?? 1
    return holds < DOUBTFUL ? [{ field, name: NAMES[field], holds }] : []
  })
  return {
    name: golden.name,
    kind: golden.kind,
    language: golden.language,
    contactPerson: golden.contact_person,
    birthDate: golden.birth_date ?? '',
    mobile: golden.mobile,
    landline: golden.landline,
    email: golden.email,
    address: [golden.province, golden.city, golden.district, golden.street, golden.postcode]
      .filter((part, at, parts) => part !== '' && part !== parts[at - 1])
      .join(' '),
    accounts: golden.accounts,
    since: golden.since,
    verify,
    consents: [...consents]
      .map(([key, { granted, at, source }]) => ({
        channel: key.split('/')[1]!,
        granted,
        at: at.toISOString(),
        source,
      }))
      .sort((a, b) => a.channel.localeCompare(b.channel)),
  }
}
