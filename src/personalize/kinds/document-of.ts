import type { App } from '../../platform/app.ts'
import type { Data } from '../compose/check-data.ts'
import { composers } from '../composers.ts'
import { errors } from '../errors.ts'
import { manifestOf } from '../ledger.ts'
import { withEnclosures } from '../letters/enclosures.ts'
import { templateVersion } from '../template-store.ts'
import { kindErrors } from './errors.ts'
import { carriedIn } from './with-document.ts'

/** The printed document that an e-mail carried, or leads to: set again from the communication's own data, by the version it names. */
export async function carriedDocumentOf(
  app: App,
  id: string,
): Promise<{ bytes: Uint8Array; customerId: number; as: 'attached' | 'linked' }> {
  const row = await manifestOf(app, id)
  const data = row.state === 'composed' && row.data !== '' ? (JSON.parse(row.data) as Data) : {}
  const carried = carriedIn(data)
  if (!carried) throw kindErrors['personalize.no-document']({ id })
  const { content } = await templateVersion(app, carried.template, carried.version)
  const [outcome] = await composers(app).compose(await withEnclosures(app, content, data), [data])
  if (outcome?.state !== 'composed') throw errors['personalize.held-back']({ id, reason: outcome?.detail ?? '' })
  return { bytes: outcome.bytes, customerId: row.customer_id, as: carried.as }
}
