/**
 * Rows into the ledger, with everything that must be there before them: the bytes the law wants kept, the place of each id, the words
 * to find it by. The ledger's own block comes last and says that all of it is there; what a killed process wrote before it is
 * written again and stands twice without harm.
 */
import type { App } from '../../platform/app.ts'
import type { ColumnData } from '../../platform/stores/facts/index.ts'
import type { Data } from '../compose/check-data.ts'
import { keepBytes } from './keep-bytes.ts'
import { archiveRules, unset } from './rules.ts'
import { dataWords } from './words.ts'

/** A document just composed, under its communication. */
export interface ComposedDocument {
  id: string
  bytes: Uint8Array
  sha256: string
  /** `words` of the outcome; left out: those of its data. */
  words?: string | undefined
}

type LedgerColumns = Readonly<Record<string, ColumnData>>

const WORDS_COLUMNS = [
  'composed_at',
  'communication_id',
  'run_id',
  'customer_id',
  'kind',
  'class',
  'channel',
  'offer',
  'template',
  'template_version',
  'state',
] as const

/** `columns` are those of `communications`, all of one run. */
export async function writeLedger(
  app: Pick<App, 'config' | 'facts' | 'workflow'>,
  columns: LedgerColumns,
  documents: readonly ComposedDocument[],
): Promise<void> {
  const ids = valuesOf(columns, 'communication_id')
  if (ids.length === 0) return
  const { communication_id, run_id, customer_id } = columns as Record<string, ColumnData>
  const byId = new Map(documents.map(document => [document.id, document]))
  const data = valuesOf(columns, 'data')
  const words = ids.map((id, row) => byId.get(id)?.words ?? dataWords(JSON.parse(data[row] ?? '{}') as Data))
  await keepWhereAsked(app, columns, byId)
  await app.facts.insertColumns('communication_places', {
    communication_id: communication_id!,
    run_id: run_id!,
    customer_id: customer_id!,
  })
  await app.facts.insertColumns('communication_words', {
    ...Object.fromEntries(WORDS_COLUMNS.map(name => [name, columns[name]!])),
    words: { type: 'String', values: words },
  })
  await app.facts.insertColumns('communications', columns)
}

async function keepWhereAsked(
  app: Pick<App, 'config' | 'facts' | 'workflow'>,
  columns: LedgerColumns,
  byId: ReadonlyMap<string, ComposedDocument>,
): Promise<void> {
  const rules = await archiveRules(app)
  const [ids, kinds, classes] = [
    valuesOf(columns, 'communication_id'),
    valuesOf(columns, 'kind'),
    valuesOf(columns, 'class'),
  ]
  const customers = columns['customer_id']!.values
  const kept = ids.flatMap((id, row) => {
    const document = byId.get(id)
    const rule = rules.get(kinds[row]!) ?? unset(kinds[row]!, classes[row]!)
    return document && rule.keepBytes ? [{ document, row }] : []
  })
  if (kept.length === 0) return
  const stored = await keepBytes(
    app,
    kept.map(({ document }) => document),
  )
  const now = new Date()
  const column = (type: string, value: (one: (typeof kept)[number]) => unknown): ColumnData => ({
    type,
    values: kept.map(value),
  })
  await app.facts.insertColumns('kept_documents', {
    sha256: column('FixedString(64)', ({ document }) => document.sha256),
    communication_id: column('FixedString(32)', ({ document }) => document.id),
    customer_id: column('UInt64', ({ row }) => customers[row]),
    kind: column('LowCardinality(String)', ({ row }) => kinds[row]),
    size: column('UInt32', ({ document }) => document.bytes.length),
    stored: column('UInt32', ({ document }) => stored.get(document.sha256) ?? 0),
    kept_at: column("DateTime64(3, 'UTC')", () => now),
  })
}

const valuesOf = (columns: LedgerColumns, name: string): string[] =>
  Array.from((columns[name]?.values ?? []) as ArrayLike<string>)
