/** What the customer can agree to besides offers: each purpose that rests on consent, in the words that are in force. */
import {
  type Purpose,
  purposes,
  recordStatements,
  type Statement,
  standingConsents,
  wordings,
} from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'

export interface Consent {
  purpose: Purpose
  wording: { code: string; version: number; text: Text } | null
  /** '*' for purposes that know no channels. */
  channels: { channel: string; granted: boolean }[]
}

/** Offers are chosen by channel in the form of wishes. */
const OFFERS = 'marketing'
const PAPERS = 'electronic-papers'

/** Papers are agreed to per screen, anything else per way of reaching somebody. */
const channelsOf = ({ code, byChannel }: Purpose): readonly string[] =>
  byChannel ? (code === PAPERS ? ['email', 'portal'] : ['email', 'sms', 'call', 'letter']) : ['*']

export async function consentsOf(app: App, customerId: number): Promise<Consent[]> {
  const runId = (await app.runs.latest('identity')) ?? 0
  const today = new Date().toISOString().slice(0, 10)
  const [all, texts] = await Promise.all([purposes(app), wordings(app)])
  const asked = all.filter(({ basis, code }) => basis === 'consent' && code !== OFFERS)
  return Promise.all(
    asked.map(async purpose => {
      const standing = await standingConsents(app, runId, [customerId], purpose.code)
      const wording = texts.find(
        ({ purpose: its, validFrom, validTo }) =>
          its === purpose.code && validFrom <= today && (validTo === null || validTo > today),
      )
      const channels = channelsOf(purpose).map(channel => ({
        channel,
        granted: standing.get(`${customerId}/${channel}`)?.granted === true,
      }))
      return { purpose, wording: wording ?? null, channels }
    }),
  )
}

/** Only what differs from what holds is said. `ticked`: `purpose/channel`. */
export async function changeConsents(
  app: App,
  said: { customerId: number; ticked: ReadonlySet<string>; key: string; place: string },
): Promise<void> {
  const { customerId, ticked, key, place } = said
  const at = new Date()
  const statements = (await consentsOf(app, customerId)).flatMap(({ purpose, wording, channels }) =>
    channels.flatMap(({ channel, granted }): Statement[] => {
      const wanted = ticked.has(`${purpose.code}/${channel}`)
      if (wanted === granted) return []
      return [
        {
          kind: 'consent',
          id: `${place}:${key}:${purpose.code}:${channel}`,
          customerId,
          purpose: purpose.code,
          channel,
          state: wanted ? 'granted' : 'withdrawn',
          wording: wording?.code ?? '',
          wordingVersion: wording?.version ?? 0,
          evidenceHow: place,
          evidenceRef: `${place}/${key}`,
          at,
          source: place,
        },
      ]
    }),
  )
  await recordStatements(app, statements)
}
