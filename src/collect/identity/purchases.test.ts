import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { App, StepContext } from '../../platform/app.ts'
import { migrateFacts, openFacts } from '../../platform/stores/facts/index.ts'
import { importCommits, products, purchases, recordLinks, saleLines } from '../tables.ts'
import { mainCurrency, materialisePurchases } from './purchases.ts'

test('amounts of several currencies are not added: lines of the main one become purchases, with their list price', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-purchases-'))
  const facts = await openFacts({ dataDir: folder })
  try {
    await migrateFacts(facts, [importCommits, products, purchases, recordLinks, saleLines])
    assert.equal(await mainCurrency(facts), '')
    const sold = (source: string, importId: number, currency: string, lines: number) =>
      Array.from({ length: lines }, (_, i) => ({
        source,
        import_id: importId,
        account_no: 'A1',
        invoice: `${currency}-${i}`,
        line: i,
        product_code: i === 0 ? 'P1' : 'P2',
        quantity: 2,
        unit_price: '10',
        amount_minor: 2000,
        currency,
        sold_at: '2010-06-01 00:00:00',
      }))
    await facts.insert('sale_lines', [
      ...sold('shop', 1, 'GBP', 3),
      ...sold('branch', 2, 'CNY', 2),
      ...sold('draft', 9, 'CNY', 5),
    ])
    await facts.insert(
      'import_commits',
      [1, 2, 3].map(import_id => ({
        import_id,
        source: 's',
        file: 'f',
        file_sha256: '0'.repeat(64),
        committed_at: '2010-06-02 00:00:00.000',
      })),
    )
    await facts.insert('products', [{ product_code: 'P1', import_id: 3, list_price_minor: 1200, margin_rate: 0.5 }])
    await facts.insert('record_links', [{ run_id: 5, customer_id: 1, source: 'crm', row_key: '1', account_no: 'A1' }])
    // The five lines of an import that was never committed do not count when the main currency is looked for.
    assert.equal(await mainCurrency(facts), 'GBP')
    assert.equal(await materialisePurchases({ app: { facts } as App, runId: 5 } as StepContext), 3)
    const rows = await facts.query('SELECT invoice, list_minor FROM purchases WHERE run_id = 5 ORDER BY invoice')
    assert.deepEqual(rows, [
      { invoice: 'GBP-0', list_minor: 2400 },
      { invoice: 'GBP-1', list_minor: 0 },
      { invoice: 'GBP-2', list_minor: 0 },
    ])
  } finally {
    await facts.close()
    await rm(folder, { recursive: true, force: true })
  }
})
