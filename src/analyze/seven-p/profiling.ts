import { ALL, type Asked, CUSTOMERS, isFiltered } from './asked.ts'
import { type Content, known, nothing } from './parts.ts'
import { placesBlocks } from './places.ts'
import { falseDiscovery, twoProportions } from './statistics/two-proportions.ts'
import { traitGroups, traits, valueName } from './traits.ts'

/** Each trait a grouping set: one pass over the customers (47 ms for a million; tuples in an array took 400). */
const traitsSql = `
SELECT ${traits.map(trait => `toString(trait_${trait.id}) AS ${trait.id}`).join(', ')},
  segment, countIf(is_inside) AS inside, count() AS total
FROM (
  SELECT ${traits.map(trait => `trait_${trait.id}`).join(', ')}, segment, ${CUSTOMERS} AS is_inside
  FROM seven_p_customers
  WHERE ${ALL}
)
GROUP BY GROUPING SETS (${traits.map(trait => `(trait_${trait.id})`).join(', ')}, (segment))`

const groupSql = `
SELECT count() AS customers, countIf(purchase_days > 0) AS buyers, countIf(trait_kind = 'organisation') AS organisations,
  avg(value_minor) AS value
FROM seven_p_customers
WHERE `

interface TraitRow extends Record<string, string | number> {
  segment: string
  inside: number
  total: number
}
interface Group {
  customers: number
  buyers: number
  organisations: number
  value: number
}

/** A value is called different where its false-discovery rate is at most this. */
const ALPHA = 0.05
/** Fewer customers than this of a value are shown, but never called different. */
const FEWEST = 10

export async function profiling(ask: Asked): Promise<Content> {
  const { app, params } = ask
  const [rows, own, all, places] = await Promise.all([
    app.facts.query<TraitRow>(traitsSql, params),
    app.facts.one<Group>(groupSql + CUSTOMERS, params),
    app.facts.one<Group>(groupSql + ALL, params),
    placesBlocks(ask, 'customers'),
  ])
  const filtered = isFiltered(ask)
  const values = traits.flatMap(trait => {
    const ofTrait = rows.filter(row => row[trait.id] !== '')
    const inside = ofTrait.reduce((sum, row) => sum + row.inside, 0)
    const total = ofTrait.reduce((sum, row) => sum + row.total, 0)
    return ofTrait
      .map(row => ({
        trait,
        value: String(row[trait.id]),
        inside: row.inside,
        total: row.total,
        ofInside: inside,
        ofTotal: total,
      }))
      .toSorted((a, b) => orderOf(a.trait, a.value) - orderOf(b.trait, b.value) || b.total - a.total)
  })
  // Against the others, not against all: the group is a part of all, and a test needs two samples that share nobody.
  const tests = values.map(v =>
    filtered && v.total >= FEWEST
      ? twoProportions(v.inside, v.ofInside, v.total - v.inside, v.ofTotal - v.ofInside).p
      : Number.NaN,
  )
  const q = falseDiscovery(tests)
  return {
    question: { en: 'Who are they, held against all customers?', zh: '他们是谁？与全体客户相比有何不同？' },
    meaning: { en: 'who bought in the period', zh: '期内有购买的客户' },
    figures: [
      {
        id: 'customers',
        name: { en: 'Customers', zh: '客户数' },
        formula: { en: 'customers in the filter', zh: '筛选范围内的客户数' },
        unit: 'count',
        value: own.customers,
        all: all.customers,
        table: 'seven_p_customers',
        who: 'all',
      },
      {
        id: 'share',
        name: { en: 'Share of all', zh: '占全体比例' },
        formula: { en: 'customers in the filter ÷ all customers', zh: '筛选范围内客户数 ÷ 全体客户数' },
        unit: 'share',
        value: known(own.customers / all.customers),
        table: 'seven_p_customers',
        who: 'all',
      },
      {
        id: 'bought',
        name: { en: 'Have bought', zh: '有购买' },
        formula: {
          en: 'customers with a purchase before the date ÷ customers',
          zh: '截至日期前有购买的客户数 ÷ 客户数',
        },
        unit: 'share',
        value: known(own.buyers / own.customers),
        all: known(all.buyers / all.customers),
        table: 'seven_p_customers',
        who: 'buyers',
      },
      {
        id: 'organisations',
        name: { en: 'Organisations', zh: '企业客户占比' },
        formula: { en: 'organisations ÷ customers', zh: '企业客户数 ÷ 客户数' },
        unit: 'share',
        value: known(own.organisations / own.customers),
        all: known(all.organisations / all.customers),
        table: 'seven_p_customers',
        who: 'trait:kind:organisation',
      },
      {
        id: 'value',
        name: { en: 'Expected value, mean', zh: '人均预期价值' },
        formula: {
          en: 'mean discounted margin expected in the next 12 months',
          zh: '未来 12 个月预期折现毛利的平均值',
        },
        unit: 'money',
        value: known(own.value),
        all: known(all.value),
        table: 'seven_p_customers',
        who: 'all',
      },
    ],
    blocks: [
      {
        id: 'traits',
        title: { en: 'Traits', zh: '特征' },
        formula: {
          en: 'Index = share in the group ÷ share of all customers × 100, each share of those of whom the trait is known. Different: two-proportion z-test of the group against everybody else, false-discovery rate of all tests on this page at most 5 % (Benjamini–Hochberg).',
          zh: '指数 = 组内占比 ÷ 全体占比 × 100，均以该特征已知者为分母。显著：组内与其余客户的双比例 z 检验，本页全部检验的错误发现率不超过 5%（Benjamini–Hochberg）。',
        },
        ...(filtered
          ? {}
          : {
              note: {
                en: 'Everybody is in the group: choose a segment, a place or a period to see what sets it apart.',
                zh: '当前为全体客户：请选择客群、地区或时间段，以查看其差异。',
              },
            }),
        table: 'seven_p_customers',
        draw: 'bars',
        label: { en: 'Value', zh: '取值' },
        grouped: { en: 'Trait', zh: '特征' },
        shown: filtered ? 3 : 1,
        columns: [
          { id: 'customers', name: { en: 'Customers', zh: '客户数' }, unit: 'count' },
          { id: 'inside', name: { en: 'In the group', zh: '组内占比' }, unit: 'share' },
          { id: 'of-all', name: { en: 'Of all', zh: '全体占比' }, unit: 'share' },
          { id: 'index', name: { en: 'Index', zh: '指数' }, unit: 'index' },
          {
            id: 'q',
            name: { en: 'False discovery', zh: '错误发现率' },
            unit: 'number',
            formula: { en: 'adjusted p; below 0.05 it is called different', zh: '校正后的 p 值；低于 0.05 视为显著' },
          },
        ],
        rows: values.map((v, k) => {
          const inside = v.inside / v.ofInside
          const ofAll = v.total / v.ofTotal
          return {
            key: `${v.trait.id}:${v.value}`,
            group: {
              en: `${traitGroups[v.trait.group].en} · ${v.trait.name.en}`,
              zh: `${traitGroups[v.trait.group].zh} · ${v.trait.name.zh}`,
            },
            label: valueName(v.trait, v.value),
            values: [v.inside, known(inside), known(ofAll), known((inside / ofAll) * 100), known(q[k]!)],
            strong: q[k]! <= ALPHA,
            who: `trait:${v.trait.id}:${v.value}`,
          }
        }),
        empty: nothing,
      },
      ...places,
    ],
  }
}

function orderOf(trait: (typeof traits)[number], value: string): number {
  const at = Object.keys(trait.values).indexOf(value)
  return at < 0 ? 99 : at
}
