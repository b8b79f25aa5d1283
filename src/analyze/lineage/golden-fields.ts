import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { mask } from '../../platform/masking.ts'
import type { LineageRow } from './api.ts'

/** The unit of a golden record a field was taken over with: an address comes whole from one row. */
const unitOf = (field: string): string =>
  ['country', 'province', 'city', 'district', 'street', 'postcode'].includes(field) ? 'address' : field

interface Provenance {
  source: string
  rowKey: string
  at: string
  beat?: unknown[]
}

const recordsSql = `
SELECT source, row_key AS rowKey, argMax(row_no, import_id) AS rowNo, argMax(file, import_id) AS file
FROM (
  SELECT r.source AS source, r.row_key AS row_key, r.row_no AS row_no, r.import_id AS import_id, c.file AS file
  FROM source_records AS r INNER JOIN import_commits AS c ON c.import_id = r.import_id
  WHERE (r.source, r.row_key) IN {keys:Array(Tuple(String, String))}
)
GROUP BY source, rowKey`

/** The fields of a golden record, each with the row of the file that won. A date of birth is masked from who may not see contacts. */
export async function goldenFields(
  { facts }: Pick<App, 'facts'>,
  { identityRun, customerId, fields }: { identityRun: number; customerId: number; fields: readonly string[] },
  reader: { roles: readonly string[] },
): Promise<LineageRow[]> {
  const [golden] = await facts.query<Record<string, unknown> & { provenance: string }>(
    `SELECT provenance, ${fields.map(field => `toString(${field}) AS its_${field}`).join(', ')} FROM golden_records
     WHERE run_id = {identityRun:UInt64} AND customer_id = {customerId:UInt64}`,
    { identityRun, customerId },
  )
  if (!golden) return []
  const provenance = JSON.parse(golden.provenance || '{}') as Record<string, Provenance>
  const found = fields.map(field => ({ field, from: provenance[field] ?? provenance[unitOf(field)] }))
  const keys = found.flatMap(({ from }) => (from?.source ? [[from.source, from.rowKey]] : []))
  const records =
    keys.length === 0
      ? []
      : await facts.query<{ source: string; rowKey: string; rowNo: number; file: string }>(recordsSql, { keys })
  return found.map(({ field, from }) => {
    const record = records.find(row => row.source === from?.source && row.rowKey === from.rowKey)
    const hidden = field === 'birth_date' && !permits(reader, 'customers.contact')
    const value = String(golden[`its_${field}`] ?? '')
    return {
      kind: 'record',
      field,
      value: hidden ? mask('birth', value) : value,
      masked: hidden && value !== '',
      rowKey: from?.rowKey ?? '',
      at: from?.at ?? null,
      beat: from?.beat?.length ?? 0,
      origin: from?.source ? { source: from.source, file: record?.file ?? '', rowNo: record?.rowNo ?? null } : null,
    }
  })
}
