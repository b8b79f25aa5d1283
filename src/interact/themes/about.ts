/** What each voice is about, beyond what it says itself: the document it answers and the products that it, or the document, names. */
import type { App } from '../../platform/app.ts'
import { dropRun } from '../../platform/stores/facts/index.ts'
import { Coded } from './coded.ts'
import { themeDocuments } from './tables.ts'
import type { Voices } from './voices.ts'

/** By number of the voice. */
export interface About {
  /** Kind of the document. */
  document: Coded
  /** `bill@3` */
  template: Coded
  offer: Coded
  campaign: Coded
  product: Coded
}

/**
 * Documents that are alike as one row, with the voices about them: a million voices are about a few hundred kinds of documents. The
 * places are asked first, and so the ledger for their rows alone. Parameter: run.
 */
const ALIKE = `
WITH
  asked AS (SELECT voice, communication_id FROM theme_documents WHERE run_id = {run:UInt64}),
  places AS (SELECT run_id, customer_id FROM communication_places WHERE communication_id IN (SELECT communication_id FROM asked)),
  known AS (
    SELECT communication_id, kind, template, template_version, offer, campaign_id, if(offer = '', '', JSONExtractString(data, 'product', 'code')) AS product
    FROM communications
    WHERE (run_id, customer_id) IN places AND communication_id IN (SELECT communication_id FROM asked) AND reason != 'erased'
    ORDER BY communication_id, state = 'composed' DESC, run_id
    LIMIT 1 BY communication_id
  )
SELECT toString(known.kind) AS kind, concat(known.template, '@', toString(known.template_version)) AS template, toString(known.offer) AS offer,
  toUInt64(known.campaign_id) AS campaign, known.product AS product, groupArray(asked.voice) AS voices
FROM asked
INNER JOIN known ON known.communication_id = asked.communication_id
GROUP BY kind, template, offer, campaign, product`

interface Alike {
  kind: string
  template: string
  offer: string
  campaign: number
  product: string
  voices: number[]
}

/** Reads voices page by page and what their documents are in one go. `read` is handed where each page's communications go. */
export async function withDocuments(
  app: Pick<App, 'facts' | 'runs'>,
  read: (documents: (from: number, communications: readonly string[]) => Promise<void>) => Promise<Voices>,
): Promise<{ voices: Voices; about: About }> {
  let run = 0
  try {
    const voices = await read(async (from, communications) => {
      const at = communications.flatMap((id, i) => (/^[0-9a-f]{32}$/.test(id) ? [i] : []))
      if (at.length === 0) return
      if (run === 0) run = await app.runs.nextId('theme-documents')
      await app.facts.insertColumns('theme_documents', {
        run_id: { type: 'UInt64', values: at.map(() => run) },
        voice: { type: 'UInt32', values: at.map(i => from + i) },
        communication_id: { type: 'FixedString(32)', values: at.map(i => communications[i]!) },
      })
    })
    const alike = run === 0 ? [] : await app.facts.query<Alike>(ALIKE, { run })
    return { voices, about: aboutOf(voices.length, alike) }
  } finally {
    if (run !== 0) await dropRun(app.facts, themeDocuments, run)
  }
}

function aboutOf(length: number, alike: readonly Alike[]): About {
  const column = (): Coded => new Coded(length)
  const about = { document: column(), template: column(), offer: column(), campaign: column(), product: column() }
  for (const { kind, template, offer, campaign, product, voices } of alike)
    for (const voice of voices) {
      about.document.set(voice, kind)
      about.template.set(voice, template)
      about.offer.set(voice, offer)
      about.campaign.set(voice, Number(campaign) > 0 ? String(campaign) : '')
      about.product.set(voice, product)
    }
  return about
}

export interface Product {
  code: string
  name: { en: string; zh: string }
  category: string
  categoryName: { en: string; zh: string }
}

const PRODUCTS = `
SELECT product_code AS code, argMax(name_en, import_id) AS en, argMax(name_zh, import_id) AS zh,
  toString(argMax(category, import_id)) AS category, toString(argMax(category_en, import_id)) AS category_en,
  toString(argMax(category_zh, import_id)) AS category_zh
FROM products WHERE product_code IN {codes:Array(String)} AND import_id IN (SELECT import_id FROM import_commits)
GROUP BY product_code`

const CATALOGUE = `
SELECT DISTINCT toString(product_code) AS code FROM products WHERE import_id IN (SELECT import_id FROM import_commits)`

/** All parameters of a statement together may be 1 MB. */
const CODES_AT_A_TIME = 8000

/** Codes that are in the catalogue; the others are no products. Where texts name more numbers than one statement asks, the catalogue is read. */
export async function productsNamed(app: Pick<App, 'facts'>, named: Iterable<string>): Promise<Map<string, Product>> {
  let codes = [...new Set(named)].filter(code => code !== '')
  if (codes.length > CODES_AT_A_TIME) {
    const asked = new Set(codes)
    codes = []
    for await (const batch of app.facts.stream(CATALOGUE, {}))
      for (const code of batch.str('code')) if (asked.has(code)) codes.push(code)
  }
  const found = new Map<string, Product>()
  for (let from = 0; from < codes.length; from += CODES_AT_A_TIME) {
    const rows = await app.facts.query<
      Record<'code' | 'en' | 'zh' | 'category' | 'category_en' | 'category_zh', string>
    >(PRODUCTS, { codes: codes.slice(from, from + CODES_AT_A_TIME) })
    for (const row of rows)
      found.set(row.code, {
        code: row.code,
        name: { en: row.en || row.zh || row.code, zh: row.zh || row.en || row.code },
        category: row.category,
        categoryName: {
          en: row.category_en || row.category_zh || row.category,
          zh: row.category_zh || row.category_en || row.category,
        },
      })
  }
  return found
}
