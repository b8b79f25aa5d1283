import { productNames } from '../product-names.ts'
import { ALL, type Asked, CUSTOMERS, IN_PERIOD, INSIDE } from './asked.ts'
import { ofRun } from './choices.ts'
import { type Block, type Content, known, nothingBought } from './parts.ts'

const categoriesSql = `
SELECT category, sum(units) AS units, sum(gross_minor) AS gross, sum(returned_minor) AS returned, sum(margin_minor) AS margin
FROM seven_p_categories
WHERE ${INSIDE} AND ${IN_PERIOD}
GROUP BY category
ORDER BY gross DESC`
/** Owners in the filter and of all customers, in one pass. */
const ownersSql = `
SELECT category, countIf(${INSIDE}) AS inside, count() AS total
FROM seven_p_owned
WHERE ${ALL} AND bitAnd(months, {bits:UInt64}) != 0
GROUP BY category`
const customersSql = `
SELECT countIf(is_inside) AS inside, count() AS total, avgIf(own, is_inside) AS categories, avg(own) AS of_all
FROM (
  SELECT ${INSIDE} AS is_inside, categories AS own
  FROM seven_p_customers
  WHERE ${ALL} AND bitAnd(months, {bits:UInt64}) != 0
)`
const pairsSql = `
SELECT category_a AS a, category_b AS b, sum(customers) AS many
FROM seven_p_pairs
WHERE ${INSIDE}
GROUP BY a, b`
const buyersSql = `SELECT count() AS buyers FROM seven_p_customers WHERE ${CUSTOMERS} AND purchase_days > 0`
const productsSql = `
SELECT product_code AS code, sumIf(units, month != toDate(0)) AS units, sum(gross_minor) AS gross, sum(returned_minor) AS returned,
  sum(margin_minor) AS margin, sum(buyers) AS buyers
FROM seven_p_products
WHERE run_id = {segmentsRun:UInt64} AND category = {category:String} AND (month = toDate(0) OR ${IN_PERIOD})
  AND ({segment:String} = '' OR segment = {segment:String}) AND ({anyCountry:Bool} OR country = {country:String})
GROUP BY code
HAVING gross > 0
ORDER BY gross DESC, code
LIMIT 50`

interface Sales {
  units: number
  gross: number
  returned: number
  margin: number
}

export async function product(ask: Asked): Promise<Content> {
  const { app, params, filter } = ask
  const { categories: names } = await ofRun(ask)
  const nameOf = (id: string) => names.get(id) ?? (id === '' ? { en: 'No category', zh: '无品类' } : { en: id, zh: id })
  const [sales, owners, people, pairs, buyers] = await Promise.all([
    app.facts.query<Sales & { category: string }>(categoriesSql, params),
    app.facts.query<{ category: string; inside: number; total: number }>(ownersSql, params),
    app.facts.one<{ inside: number; total: number; categories: number; of_all: number }>(customersSql, params),
    app.facts.query<{ a: string; b: string; many: number }>(pairsSql, params),
    app.facts.one<{ buyers: number }>(buyersSql, params),
  ])
  const chosen = sales.some(row => row.category === filter.category) ? filter.category : (sales[0]?.category ?? '')
  const goods = await app.facts.query<Sales & { code: string; buyers: number }>(productsSql, {
    ...params,
    category: chosen,
  })
  const titles = await productNames(
    app,
    goods.map(row => row.code),
  )
  const total = sales.reduce(
    (sum, row) => ({
      gross: sum.gross + row.gross,
      returned: sum.returned + row.returned,
      margin: sum.margin + row.margin,
    }),
    { gross: 0, returned: 0, margin: 0 },
  )
  const owned = new Map(owners.map(row => [row.category, row]))
  return {
    question: {
      en: 'What do they own, what goes together, what comes back?',
      zh: '客户拥有什么？哪些品类相伴？哪些会退回？',
    },
    meaning: { en: 'what was bought in the period', zh: '期内的购买' },
    figures: [
      {
        id: 'buyers',
        name: { en: 'Buyers', zh: '购买客户数' },
        formula: {
          en: 'customers of the filter who bought goods in the period',
          zh: '筛选范围内期内购买过商品的客户数',
        },
        unit: 'count',
        value: people.inside,
        all: people.total,
        table: 'seven_p_customers',
        who: 'bought',
      },
      {
        id: 'categories',
        name: { en: 'Categories per buyer', zh: '人均品类数' },
        formula: {
          en: 'mean number of categories ever bought of, of those who bought in the period',
          zh: '期内购买客户曾购品类数的平均值',
        },
        unit: 'number',
        value: known(people.categories),
        all: known(people.of_all),
        table: 'seven_p_customers',
        who: 'bought',
      },
      {
        id: 'returns',
        name: { en: 'Returns', zh: '退货率' },
        formula: { en: 'value returned ÷ value bought, in the period', zh: '期内退货额 ÷ 购买额' },
        unit: 'share',
        value: known(total.returned / total.gross),
        table: 'seven_p_categories',
      },
      {
        id: 'margin-rate',
        name: { en: 'Margin rate', zh: '毛利率' },
        formula: { en: 'margin ÷ value bought less returns', zh: '毛利 ÷（购买额 − 退货额）' },
        unit: 'share',
        value: known(total.margin / (total.gross - total.returned)),
        table: 'seven_p_categories',
      },
    ],
    blocks: [
      {
        id: 'categories',
        title: { en: 'Ownership by category', zh: '各品类拥有情况' },
        formula: {
          en: 'Penetration = customers who bought of it in the period ÷ customers who bought anything in the period. Index = that ÷ the same of all customers × 100.',
          zh: '渗透率 = 期内购买该品类的客户数 ÷ 期内有购买的客户数；指数 = 该渗透率 ÷ 全体客户渗透率 × 100。',
        },
        table: 'seven_p_owned',
        draw: 'bars',
        label: { en: 'Category', zh: '品类' },
        columns: [
          { id: 'owners', name: { en: 'Owners', zh: '购买客户' }, unit: 'count' },
          { id: 'penetration', name: { en: 'Penetration', zh: '渗透率' }, unit: 'share' },
          { id: 'index', name: { en: 'Index', zh: '指数' }, unit: 'index' },
          {
            id: 'sales',
            name: { en: 'Sales', zh: '销售额' },
            unit: 'money',
            formula: { en: 'value bought less returns', zh: '购买额减退货额' },
          },
          { id: 'rate', name: { en: 'Margin rate', zh: '毛利率' }, unit: 'share' },
          { id: 'returns', name: { en: 'Returns', zh: '退货率' }, unit: 'share' },
        ],
        shown: 1,
        rows: sales.map(row => {
          const own = owned.get(row.category) ?? { inside: 0, total: 0 }
          return {
            key: row.category,
            label: nameOf(row.category),
            values: [
              own.inside,
              known(own.inside / people.inside),
              known((own.inside / people.inside / (own.total / people.total)) * 100),
              row.gross - row.returned,
              known(row.margin / (row.gross - row.returned)),
              known(row.returned / row.gross),
            ],
            ...(row.category === '' ? {} : { who: `category:${row.category}` }),
          }
        }),
        empty: nothingBought,
      },
      affinity(pairs, buyers.buyers, nameOf),
      {
        id: 'products',
        title: { en: 'Products of a category', zh: '品类内的产品' },
        formula: {
          en: 'The fifty with the highest sales in the period. Buyers: who ever bought it before the date, by segment and country.',
          zh: '期内销售额最高的 50 个产品。购买客户：日期之前曾购买者，按客群与国家统计。',
        },
        ...(filter.province === ''
          ? {}
          : {
              note: {
                en: 'Products are counted by country, not by province: these are the figures of the whole country.',
                zh: '产品按国家统计，不细分省份：此处为全国数据。',
              },
            }),
        table: 'seven_p_products',
        draw: 'table',
        label: { en: 'Product', zh: '产品' },
        choice: {
          param: 'category',
          value: chosen,
          options: sales.map(row => ({ id: row.category, name: nameOf(row.category) })),
        },
        columns: [
          { id: 'buyers', name: { en: 'Buyers ever', zh: '曾购客户' }, unit: 'count' },
          { id: 'units', name: { en: 'Units', zh: '件数' }, unit: 'count' },
          { id: 'sales', name: { en: 'Sales', zh: '销售额' }, unit: 'money' },
          { id: 'rate', name: { en: 'Margin rate', zh: '毛利率' }, unit: 'share' },
          { id: 'returns', name: { en: 'Returns', zh: '退货率' }, unit: 'share' },
        ],
        shown: 2,
        rows: goods.map(row => ({
          key: row.code,
          label: titles.get(row.code) ?? { en: row.code, zh: row.code },
          values: [
            row.buyers,
            row.units,
            row.gross - row.returned,
            known(row.margin / (row.gross - row.returned)),
            known(row.returned / row.gross),
          ],
          who: `product:${row.code}`,
          link: `/products/${encodeURIComponent(row.code)}`,
        })),
        empty: nothingBought,
      },
    ],
  }
}

/** Fewer customers with both than this cannot carry a lift. */
const FEWEST_BOTH = 10

/** How much likelier somebody with the one owns the other: customers with both × buyers ÷ (with one × with other). */
function affinity(
  pairs: readonly { a: string; b: string; many: number }[],
  buyers: number,
  nameOf: (id: string) => Content['question'],
): Block {
  const own = new Map(pairs.filter(pair => pair.a === pair.b).map(pair => [pair.a, pair.many]))
  const both = new Map(
    pairs.flatMap(({ a, b, many }) => [[`${a}\n${b}`, many] as const, [`${b}\n${a}`, many] as const]),
  )
  const ids = [...own]
    .toSorted((x, y) => y[1] - x[1])
    .map(([id]) => id)
    .slice(0, 20)
  return {
    id: 'affinity',
    title: { en: 'Owned together', zh: '相伴拥有' },
    formula: {
      en: 'Lift = customers who ever bought of both × buyers ÷ (buyers of the one × buyers of the other); above 1 they go together. Counted over all time before the date; fewer than ten with both are left out.',
      zh: '提升度 = 曾购买两者的客户数 × 有购买客户数 ÷（购买其一的客户数 × 购买另一的客户数）；大于 1 表示相伴。统计日期之前的全部购买；同时购买者不足十人的不显示。',
    },
    table: 'seven_p_pairs',
    draw: 'heat',
    label: { en: 'Category', zh: '品类' },
    columns: ids.map(id => ({ id, name: nameOf(id), unit: 'times' as const })),
    shown: 0,
    rows: ids.map(a => ({
      key: a,
      label: nameOf(a),
      values: ids.map(b => {
        const many = both.get(`${a}\n${b}`) ?? 0
        return a === b || many < FEWEST_BOTH ? null : (many * buyers) / (own.get(a)! * own.get(b)!)
      }),
    })),
    empty: nothingBought,
  }
}
