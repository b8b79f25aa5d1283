import { contactPolicy, notices, offers } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import type { Data } from '../compose/check-data.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { messageData } from '../data/message-data.ts'
import type { Basis, Planned } from '../plan/planned.ts'
import { errors } from './errors.ts'

/** What a proof's data are read from: fixed when it starts, so that every picture of it shows the same. */
export interface ProofBasis {
  asOf: string
  identityRun: number
}

/** A customer with what is put to them: offers and products take turns, so that each is met. */
export interface ProofCase {
  customerId: number
  offer: string
  product: string
}

export async function newestBasis(app: App): Promise<ProofBasis> {
  const identityRun = await app.runs.latest('identity')
  if (identityRun === null) throw errors['personalize.proof-no-turn']({})
  const { asOf } = await app.runs.turnOf(identityRun)
  return { asOf, identityRun }
}

/** Data of the cases as a turn would make them; a customer who is gone since gets data the template's rules hold. */
export async function proofData(
  app: App,
  { asOf, identityRun }: ProofBasis,
  { manifest, rules }: TemplateVersion,
  cases: readonly ProofCase[],
): Promise<Data[]> {
  if (cases.length === 0) return []
  const { currency } = await contactPolicy(app)
  const basis: Basis = {
    turnId: 0,
    asOf,
    runId: 0,
    identityRun,
    campaignRun: 0,
    composedRuns: [],
    planRun: 0,
    wave: 0,
    later: [],
  }
  const planned = cases.map(
    ({ customerId, offer, product }): Planned => ({
      id: `proof-${customerId}`,
      customerId,
      campaignId: 0,
      wave: 0,
      kind: manifest.kind,
      channel: manifest.channel,
      copy: false,
      offer,
      productCode: product,
      reason: '',
      why: '',
    }),
  )
  const messages = await messageData(app, basis, planned, currency, { manifest, rules })
  return messages.map(({ data }) => data)
}

/** What may be put to a customer by this kind of message; '' is nothing, as on a bill without an offer. */
export async function subjectsOf(app: App, { manifest }: TemplateVersion): Promise<string[]> {
  if (manifest.kind === 'notice') return (await notices(app)).map(({ id }) => id)
  const ids = (await offers(app)).map(({ id }) => id)
  return manifest.class === 'offer' ? ids : ['', ...ids]
}
