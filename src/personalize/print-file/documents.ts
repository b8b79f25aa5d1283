import type { App } from '../../platform/app.ts'
import type { Data } from '../compose/check-data.ts'
import { composers } from '../composers.ts'
import { type ManifestRow, manifestsOf } from '../ledger.ts'
import { withEnclosures } from '../letters/enclosures.ts'
import type { SlotChoice } from '../slots/slot-contents.ts'
import { templateVersion } from '../template-store.ts'
import type { ComposedPrintFile, PrintDocument, PrintFile } from './print-file.ts'

/** Documents of the ledger, ready for a print file: id → document. Erased and held ones are not among them. */
export async function printDocuments(app: App, ids: readonly string[]): Promise<Map<string, PrintDocument>> {
  const rows = (await manifestsOf(app, ids)).filter(row => row.state === 'composed' && row.data !== '')
  const documents = new Map<string, PrintDocument>()
  for (const row of rows) documents.set(row.communication_id, await documentOf(app, row))
  return documents
}

async function documentOf(app: App, row: ManifestRow): Promise<PrintDocument> {
  const { content } = await templateVersion(app, row.template, row.template_version)
  const data = JSON.parse(row.data) as Data
  const slots = JSON.parse(row.slots || '[]') as SlotChoice[]
  return { id: row.communication_id, version: await withEnclosures(app, content, data), data, pages: row.pages, slots }
}

/** Sets a file in one of the composing threads of this process. */
export const printFile = (app: App, file: PrintFile): Promise<ComposedPrintFile> => composers(app).print(file)
