import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Lang } from '../../platform/errors.ts'
import type { Report } from '../../platform/export/index.ts'
import { type Text, textIn } from '../../platform/text.ts'
import { productNames } from '../product-names.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { catalogueList, catalogueView, distributionView, recipientList } from './api.ts'
import { catalogueRecipients, newestDistribution } from './distributions.ts'
import { catalogueErrors } from './errors.ts'
import { storedCatalogues } from './store.ts'

const SOME = 5

export async function listCatalogues(app: App): Promise<z.infer<typeof catalogueList>> {
  const [rows, retired] = await Promise.all([storedCatalogues(app), storedCatalogues(app, true)])
  const names = await productNames(app, [...new Set(rows.flatMap(row => row.body.products.slice(0, SOME)))])
  return {
    rows: rows.map(({ code, body, source }) => ({
      code,
      name: body.name,
      about: body.about,
      source,
      products: body.products.length,
      some: body.products.slice(0, SOME).map(product => ({ code: product, name: names.get(product)! })),
    })),
    retired: retired.map(({ code, body }) => ({ code, name: body.name })),
  }
}

export async function viewCatalogue(app: App, code: string): Promise<z.infer<typeof catalogueView>> {
  const row = await app.workflow.db.selectFrom('catalogues').selectAll().where('code', '=', code).executeTakeFirst()
  if (!row) throw catalogueErrors['catalogues.no-such-catalogue']({ catalogue: code })
  const names = await productNames(app, row.body.products)
  return { code, ...row.body, source: row.source, names: Object.fromEntries(names) }
}

export async function viewDistribution(app: App): Promise<z.infer<typeof distributionView>> {
  const row = await newestDistribution(app)
  if (!row) return { id: null, asOf: null, state: 'none', settings: null, result: null }
  return { id: row.id, asOf: row.as_of, state: row.state, settings: row.settings, result: row.result }
}

export async function listRecipients(
  app: App,
  code: string,
  page: { offset: number; limit: number },
): Promise<z.infer<typeof recipientList>> {
  const { identity } = await runsOfTurn(app)
  const { distribution, total, rows } = await catalogueRecipients(app, code, page)
  const [people, names] = await Promise.all([
    app.facts.query<{ id: number; name: string }>(
      'SELECT customer_id AS id, name FROM golden_records WHERE run_id = {identity:UInt64} AND customer_id IN {ids:Array(UInt64)}',
      { identity, ids: rows.map(row => row.customerId) },
    ),
    productNames(app, [...new Set(rows.flatMap(row => row.reasons))]),
  ])
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  return {
    distribution,
    total,
    rows: rows.map(({ customerId, taste, reasons }) => ({
      customerId,
      name: nameOf.get(customerId) ?? '',
      taste,
      because: reasons.map(reason => ({ code: reason, name: names.get(reason)! })),
    })),
  }
}

/** Most customers in one file: ids of more travel as rows, not as files. */
const MOST_EXPORTED = 50_000

const words = {
  en: {
    lead: (distribution: number, total: number) => `Distribution ${distribution}, ${total} customers`,
    note: 'Taste: the share of the collection in what the customer buys and is expected to want, over everybody’s share.',
    columns: ['customer', 'name', 'taste', 'because of'],
  },
  'zh-CN': {
    lead: (distribution: number, total: number) => `第 ${distribution} 次分配，共 ${total} 位客户`,
    note: '偏好：该主题在客户已购与预期想购商品中的占比，除以全体客户的占比。',
    columns: ['客户编号', '姓名', '偏好', '依据'],
  },
} as const

export async function recipientsReport(app: App, code: string, lang: Lang): Promise<Report> {
  const view = await viewCatalogue(app, code)
  const { distribution, total, rows } = await listRecipients(app, code, { offset: 0, limit: MOST_EXPORTED })
  const { lead, note, columns } = words[lang]
  const units = ['text', 'text', 'times', 'text'] as const
  const say = (text: Text) => textIn(text, lang)
  return {
    title: say(view.name),
    lead: [lead(distribution, total)],
    lang,
    currency: 'GBP',
    sections: [
      {
        title: say(view.name),
        note,
        columns: columns.map((name, k) => ({ name, unit: units[k]! })),
        rows: rows.map(row => [
          String(row.customerId),
          row.name,
          row.taste,
          row.because.map(product => say(product.name)).join(' + '),
        ]),
      },
    ],
  }
}
