/** The printed document that a message leads to, or carried: of the same data, by the version that stands in it. */
import type { App } from '../../platform/app.ts'
import type { Data } from '../compose/check-data.ts'
import { composers } from '../composers.ts'
import { errors } from '../errors.ts'
import type { ManifestRow } from '../ledger.ts'
import { templateVersion } from '../template-store.ts'
import { carriedIn } from './with-document.ts'

/** null: it has none. */
export async function carriedDocument(app: App, row: ManifestRow): Promise<Uint8Array | null> {
  if (row.data === '') return null
  const data = JSON.parse(row.data) as Data
  const carried = carriedIn(data)
  if (!carried) return null
  const { content } = await templateVersion(app, carried.template, carried.version)
  const [outcome] = await composers(app).compose(content, [data])
  if (outcome?.state === 'composed') return outcome.bytes
  throw errors['personalize.held-back']({ id: row.communication_id, reason: outcome?.detail ?? '' })
}
