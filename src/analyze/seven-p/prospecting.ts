import { ALL, type Asked, CUSTOMERS } from './asked.ts'
import type { Likeness } from './likeness.ts'
import { type Content, known, nothing, segmentText } from './parts.ts'
import { placesBlocks } from './places.ts'
import { traits, valueName } from './traits.ts'
import { DORMANT } from './whom.ts'

const FIGURES = `count() AS customers, sum(value_minor) AS expected, sum(margin_365_minor) AS last, sum(expected_purchases) AS purchases,
  sum(pow((value_high_minor - value_low_minor) / 3.92, 2)) AS variance,
  countIf(${DORMANT}) AS dormant, sumIf(value_minor, ${DORMANT}) AS dormant_value,
  countIf(purchase_days = 0) AS never, countIf(likeness >= {threshold:Float64} AND value_decile != 1) AS alike`
const bySegmentSql = `
SELECT segment, ${FIGURES} FROM seven_p_customers WHERE ${CUSTOMERS} GROUP BY GROUPING SETS ((segment), ()) ORDER BY expected DESC`
const allSql = `SELECT ${FIGURES} FROM seven_p_customers WHERE ${ALL}`
/** Look-alikes by how much they are like the best: tenths of the score above the threshold. */
const alikeSql = `
SELECT segment, count() AS customers, countIf(purchase_days = 0) AS never, avg(value_minor) AS value
FROM seven_p_customers
WHERE ${CUSTOMERS} AND likeness >= {threshold:Float64} AND value_decile != 1
GROUP BY segment ORDER BY customers DESC`

interface Expected {
  segment: string
  customers: number
  expected: number
  last: number
  purchases: number
  variance: number
  dormant: number
  dormant_value: number
  never: number
  alike: number
}

/** Below this the score sorts hardly better than chance. */
const WORTH_USING = 0.55

export async function prospecting(ask: Asked): Promise<Content> {
  const { app, runs } = ask
  const stored = await app.workflow.db
    .selectFrom('insight_likeness')
    .select('definition')
    .where('run_id', '=', runs.segments)
    .executeTakeFirst()
  const likeness: Likeness | null = stored && stored.definition.weights.length > 0 ? stored.definition : null
  // Without weights everybody has the same score: nobody is singled out.
  const params = { ...ask.params, threshold: likeness?.threshold ?? 1e9 }
  const [groups, all, alike, places] = await Promise.all([
    app.facts.query<Expected>(bySegmentSql, params),
    app.facts.one<Expected>(allSql, params),
    app.facts.query<{ segment: string; customers: number; never: number; value: number }>(alikeSql, params),
    placesBlocks(ask, 'value'),
  ])
  const own = groups.find(group => group.segment === '') ?? {
    ...all,
    customers: 0,
    expected: 0,
    last: 0,
    purchases: 0,
    variance: 0,
    dormant: 0,
    dormant_value: 0,
    never: 0,
    alike: 0,
  }
  const segments = groups.filter(group => group.segment !== '')
  const half = 1.96 * Math.sqrt(own.variance)
  const useless = likeness !== null && (likeness.auc === null || likeness.auc < WORTH_USING)
  return {
    question: {
      en: 'Where can it grow: with whom, and with how many like them?',
      zh: '增长来自哪里？谁还有潜力？还有多少相似的人？',
    },
    meaning: { en: 'who bought in the period', zh: '期内有购买的客户' },
    notes: [
      ...(likeness === null
        ? [
            {
              tone: 'info' as const,
              text: {
                en: 'Too few best customers to learn from who they are: look-alikes are not looked for.',
                zh: '最佳客户过少，无法学习其特征：未寻找相似客户。',
              },
            },
          ]
        : []),
      ...(useless
        ? [
            {
              tone: 'warn' as const,
              text: {
                en: `Who they are hardly tells the best from the others here (AUC ${(likeness.auc ?? 0.5).toFixed(2)} on customers not learned from): do not spend on the look-alikes.`,
                zh: `仅凭特征难以区分最佳客户（在未参与学习的客户上 AUC 为 ${(likeness.auc ?? 0.5).toFixed(2)}）：不建议对相似客户投入。`,
              },
            },
          ]
        : []),
    ],
    figures: [
      {
        id: 'expected',
        name: { en: 'Expected margin, 12 months', zh: '未来 12 个月预期毛利' },
        formula: {
          en: 'sum of the discounted margin expected of each customer; the interval takes customers to be independent and leaves out the model’s own error',
          zh: '各客户预期折现毛利之和；区间假定客户相互独立，且不含模型自身误差',
        },
        unit: 'money',
        value: own.expected,
        low: own.expected - half,
        high: own.expected + half,
        all: all.expected,
        table: 'seven_p_customers',
        who: 'all',
      },
      {
        id: 'growth',
        name: { en: 'Expected growth', zh: '预期增长' },
        formula: {
          en: 'expected margin of the next 12 months ÷ margin of the last 365 days − 1; of the customers there are, without new ones',
          zh: '未来 12 个月预期毛利 ÷ 最近 365 天毛利 − 1；仅现有客户，不含新客户',
        },
        unit: 'share',
        value: known(own.expected / own.last - 1),
        all: known(all.expected / all.last - 1),
        table: 'seven_p_customers',
      },
      {
        id: 'purchases',
        name: { en: 'Expected purchases', zh: '预期购买次数' },
        formula: {
          en: 'sum of the purchases expected of each customer in 12 months',
          zh: '各客户未来 12 个月预期购买次数之和',
        },
        unit: 'count',
        value: Math.round(own.purchases),
        all: Math.round(all.purchases),
        table: 'seven_p_customers',
      },
      {
        id: 'dormant',
        name: { en: 'Dormant with potential', zh: '有潜力的沉睡客户' },
        formula: {
          en: 'customers silent for more than 180 days with P(alive) of a half or more',
          zh: '沉默超过 180 天且存活概率不低于 50% 的客户数',
        },
        unit: 'count',
        value: own.dormant,
        all: all.dormant,
        table: 'seven_p_customers',
        who: 'dormant',
      },
      {
        id: 'alike',
        name: { en: 'Look-alikes of the best', zh: '与最佳客户相似' },
        formula: {
          en: 'customers outside the best tenth by value whose traits score like it: the highest tenth of that score. Traits only, nothing of what they bought.',
          zh: '价值不在前十分之一、但特征评分居前十分之一的客户数。仅依据特征，不含购买行为。',
        },
        unit: 'count',
        value: likeness === null ? null : own.alike,
        all: likeness === null ? null : all.alike,
        ...(likeness?.auc == null
          ? {}
          : {
              note: {
                en: `AUC ${likeness.auc.toFixed(2)} on ${likeness.judgedOn} buyers not learned from`,
                zh: `在 ${likeness.judgedOn} 位未参与学习的客户上 AUC 为 ${likeness.auc.toFixed(2)}`,
              },
            }),
        table: 'seven_p_customers',
        ...(likeness === null ? {} : { who: `alike:${likeness.threshold}` }),
      },
      {
        id: 'never',
        name: { en: 'Never bought', zh: '从未购买' },
        formula: { en: 'customers without a purchase before the date', zh: '截至日期从未购买的客户数' },
        unit: 'count',
        value: own.never,
        all: all.never,
        table: 'seven_p_customers',
        who: 'never',
      },
    ],
    blocks: [
      {
        id: 'growth',
        title: { en: 'Expected growth by segment', zh: '各客群预期增长' },
        formula: {
          en: 'Margin of the last 365 days, and what is expected of the same customers in the next 12 months.',
          zh: '最近 365 天毛利，与同一批客户未来 12 个月的预期毛利。',
        },
        table: 'seven_p_customers',
        draw: 'bars',
        label: { en: 'Segment', zh: '客群' },
        columns: [
          { id: 'customers', name: { en: 'Customers', zh: '客户数' }, unit: 'count' },
          { id: 'last', name: { en: 'Margin, 12 months', zh: '近 12 个月毛利' }, unit: 'money' },
          { id: 'expected', name: { en: 'Expected', zh: '预期毛利' }, unit: 'money' },
          { id: 'half', name: { en: '± 95 %', zh: '±（95%）' }, unit: 'money' },
          { id: 'growth', name: { en: 'Growth', zh: '增长' }, unit: 'share' },
          { id: 'dormant', name: { en: 'Dormant with potential', zh: '有潜力的沉睡客户' }, unit: 'count' },
          { id: 'dormant-value', name: { en: 'their expected value', zh: '其预期价值' }, unit: 'money' },
        ],
        shown: 2,
        rows: segments.map(group => ({
          key: group.segment,
          label: segmentText(ask, group.segment),
          values: [
            group.customers,
            group.last,
            group.expected,
            1.96 * Math.sqrt(group.variance),
            group.last > 0 ? known(group.expected / group.last - 1) : null,
            group.dormant,
            group.dormant_value,
          ],
          who: `segment:${group.segment}`,
        })),
        empty: nothing,
      },
      {
        id: 'alike',
        title: { en: 'Where the look-alikes are', zh: '相似客户在何处' },
        formula: {
          en: 'Look-alikes of the best tenth, by the segment they are in now.',
          zh: '与最佳十分之一相似的客户，按当前所属客群。',
        },
        table: 'seven_p_customers',
        draw: 'bars',
        label: { en: 'Segment', zh: '客群' },
        columns: [
          { id: 'customers', name: { en: 'Look-alikes', zh: '相似客户' }, unit: 'count' },
          { id: 'never', name: { en: 'never bought', zh: '其中从未购买' }, unit: 'count' },
          { id: 'value', name: { en: 'Expected value, mean', zh: '人均预期价值' }, unit: 'money' },
        ],
        shown: 0,
        rows: alike.map(row => ({
          key: row.segment,
          label: segmentText(ask, row.segment),
          values: [row.customers, row.never, row.value],
        })),
        empty: nothing,
      },
      {
        id: 'weights',
        title: { en: 'What the best are like', zh: '最佳客户的特征' },
        formula: {
          en: 'Weight = log of how much likelier the trait is among the best tenth of buyers than among the others, shrunk towards 0 by 20 customers on either side, at most 4 (naive Bayes). Learned from one half of the buyers, judged on the other.',
          zh: '权重 = 该特征在最佳十分之一中的占比与其余购买者占比之比的对数，两侧各加 20 位客户向 0 收缩，绝对值不超过 4（朴素贝叶斯）。以一半购买者学习，另一半检验。',
        },
        table: 'seven_p_customers',
        draw: 'bars',
        label: { en: 'Trait', zh: '特征' },
        columns: [
          { id: 'weight', name: { en: 'Weight', zh: '权重' }, unit: 'number' },
          { id: 'best', name: { en: 'Among the best', zh: '最佳客户数' }, unit: 'count' },
          { id: 'others', name: { en: 'Among the others', zh: '其余客户数' }, unit: 'count' },
        ],
        shown: 0,
        rows: (likeness?.weights ?? [])
          .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
          .slice(0, 16)
          .flatMap(({ trait: id, value, weight, best, others }) => {
            const trait = traits.find(candidate => candidate.id === id)
            if (!trait) return []
            const name = valueName(trait, value)
            return [
              {
                key: `${id}:${value}`,
                label: { en: `${trait.name.en}: ${name.en}`, zh: `${trait.name.zh}：${name.zh}` },
                values: [weight, best, others],
                who: `trait:${id}:${value}`,
              },
            ]
          }),
        empty: { en: 'Nothing was learned.', zh: '未学习到特征。' },
      },
      ...places,
    ],
  }
}
