import { type Asked, CUSTOMERS, IN_PERIOD, INSIDE } from './asked.ts'
import { type Contacts, contactCosts, costOf } from './contact-costs.ts'
import { type Block, type BlockRow, type Content, known, segmentText } from './parts.ts'
import { wilson } from './statistics/two-proportions.ts'
import { traits, valueName } from './traits.ts'

interface Answered extends Contacts {
  key: string
  opened: number
  responded: number
}

const contactsSql = (by: string) => `
SELECT toString(${by}) AS key, channel, sum(contacts) AS contacts, sum(opened) AS opened, sum(responded) AS responded,
  sum(costed) AS costed, sum(cost_minor) AS cost_minor
FROM seven_p_contacts
WHERE ${INSIDE} AND ${IN_PERIOD}
GROUP BY key, channel`

/** Messages that propose something: fatigue and offers are about them. */
const offersSql = (by: string) => contactsSql(by).replace('GROUP BY', "AND class = 'offer' GROUP BY")

const sensitivitySql = `
SELECT segment, countIf(trait_price_sensitivity = 'low') AS low, countIf(trait_price_sensitivity = 'medium') AS medium,
  countIf(trait_price_sensitivity = 'high') AS high
FROM seven_p_customers
WHERE ${CUSTOMERS} AND trait_price_sensitivity != ''
GROUP BY GROUPING SETS ((segment), ())`

const channelNames: Record<string, { en: string; zh: string }> = {
  email: { en: 'E-mail', zh: '邮件' },
  sms: { en: 'SMS', zh: '短信' },
  call: { en: 'Call', zh: '电话' },
  letter: { en: 'Letter', zh: '信函' },
}
const channelText = (id: string) => channelNames[id] ?? { en: id || '–', zh: id || '–' }

const noContacts = {
  en: 'Nobody was contacted in these months. Once a campaign has been delivered, its answers stand here.',
  zh: '这些月份没有触达客户。活动投放后，回应将显示在此。',
}

const columns: Block['columns'] = [
  { id: 'contacts', name: { en: 'Contacts', zh: '触达次数' }, unit: 'count' },
  {
    id: 'opened',
    name: { en: 'Opened', zh: '打开率' },
    unit: 'share',
    formula: { en: 'contacts opened or answered ÷ contacts', zh: '被打开或回应的触达 ÷ 触达次数' },
  },
  {
    id: 'rate',
    name: { en: 'Response', zh: '响应率' },
    unit: 'share',
    formula: { en: 'contacts answered ÷ contacts', zh: '被回应的触达 ÷ 触达次数' },
  },
  {
    id: 'low',
    name: { en: 'from', zh: '下限' },
    unit: 'share',
    formula: { en: '95 % interval (Wilson)', zh: '95% 区间（Wilson）' },
  },
  {
    id: 'high',
    name: { en: 'to', zh: '上限' },
    unit: 'share',
    formula: { en: '95 % interval (Wilson)', zh: '95% 区间（Wilson）' },
  },
  { id: 'cost', name: { en: 'Cost', zh: '成本' }, unit: 'money' },
  { id: 'each', name: { en: 'Cost per response', zh: '单次响应成本' }, unit: 'money' },
]
const formula = {
  en: 'Response: the contact was clicked, replied to, answered, accepted or bought from. Cost: as the event names it, else as set for the channel.',
  zh: '响应：触达被点击、回复、应答、接受或带来购买。成本：以事件所载为准，否则按渠道设定。',
}

export async function promotion(ask: Asked): Promise<Content> {
  const { app, params } = ask
  const [channels, offers, earlier, segments, sensitivity, costs, uplift] = await Promise.all([
    app.facts.query<Answered>(contactsSql('channel'), params),
    app.facts.query<Answered>(offersSql('offer'), params),
    app.facts.query<Answered>(offersSql('earlier'), params),
    app.facts.query<Answered>(contactsSql('segment'), params),
    app.facts.query<{ segment: string; low: number; medium: number; high: number }>(sensitivitySql, params),
    contactCosts(app),
    measured(ask),
  ])
  const total = channels.reduce(
    (sum, row) => ({
      contacts: sum.contacts + row.contacts,
      opened: sum.opened + row.opened,
      responded: sum.responded + row.responded,
    }),
    { contacts: 0, opened: 0, responded: 0 },
  )
  const cost = costOf(channels, costs)
  const rate = wilson(total.responded, total.contacts)
  const asked = sensitivity.find(row => row.segment === '') ?? { low: 0, medium: 0, high: 0 }
  const surveyed = asked.low + asked.medium + asked.high
  const newest = uplift[0]
  const rowsOf = (rows: readonly Answered[], name: (key: string) => BlockRow['label']): BlockRow[] =>
    [...Map.groupBy(rows, row => row.key)]
      .map(([key, own]) => {
        const sums = own.reduce(
          (sum, row) => ({
            contacts: sum.contacts + row.contacts,
            opened: sum.opened + row.opened,
            responded: sum.responded + row.responded,
          }),
          { contacts: 0, opened: 0, responded: 0 },
        )
        const interval = wilson(sums.responded, sums.contacts)
        const spent = costOf(own, costs)
        return {
          key,
          label: name(key),
          values: [
            sums.contacts,
            known(sums.opened / sums.contacts),
            known(sums.responded / sums.contacts),
            interval?.low ?? null,
            interval?.high ?? null,
            spent.unknown === 0 ? spent.minor : null,
            spent.unknown === 0 ? known(spent.minor / sums.responded) : null,
          ],
        }
      })
      .toSorted((a, b) => b.values[0]! - a.values[0]!)
  const block = (
    id: string,
    title: Block['title'],
    label: Block['label'],
    rows: BlockRow[],
    more: Partial<Block> = {},
  ): Block => ({
    id,
    title,
    formula,
    table: 'seven_p_contacts',
    draw: 'bars',
    label,
    columns,
    shown: 2,
    rows,
    empty: noContacts,
    ...more,
  })
  return {
    question: {
      en: 'What do our contacts bring, what do they cost, and when is it too much?',
      zh: '触达带来多少回应？成本几何？何时过多？',
    },
    meaning: { en: 'contacts made in the period', zh: '期内的触达' },
    notes: total.contacts === 0 ? [{ tone: 'info', text: noContacts }] : [],
    figures: [
      {
        id: 'contacts',
        name: { en: 'Contacts', zh: '触达次数' },
        formula: { en: 'messages sent and calls made in the period', zh: '期内发送的消息与拨打的电话数' },
        unit: 'count',
        value: total.contacts,
        table: 'seven_p_contacts',
        ...(total.contacts > 0 ? { who: 'contacted' } : {}),
      },
      {
        id: 'response',
        name: { en: 'Response', zh: '响应率' },
        formula: {
          en: 'contacts clicked, replied to, answered, accepted or bought from ÷ contacts; 95 % interval by Wilson',
          zh: '被点击、回复、应答、接受或带来购买的触达 ÷ 触达次数；95% Wilson 区间',
        },
        unit: 'share',
        value: known(total.responded / total.contacts),
        low: rate?.low ?? null,
        high: rate?.high ?? null,
        table: 'seven_p_contacts',
      },
      {
        id: 'cost-per-response',
        name: { en: 'Cost per response', zh: '单次响应成本' },
        formula: { en: 'cost of the contacts ÷ responses', zh: '触达成本 ÷ 响应次数' },
        unit: 'money',
        value: cost.unknown === 0 ? known(cost.minor / total.responded) : null,
        ...(cost.unknown > 0
          ? {
              note: {
                en: `The cost of ${cost.unknown} contacts is not known: set it by channel.`,
                zh: `有 ${cost.unknown} 次触达的成本未知：请按渠道设定。`,
              },
            }
          : {}),
        table: 'seven_p_contacts',
      },
      {
        id: 'uplift',
        name: { en: 'Uplift, newest campaign', zh: '最近活动的提升' },
        formula: {
          en: 'margin per planned customer − margin per customer held out as control, over the campaign’s horizon; of the whole campaign, whatever the filter',
          zh: '活动期内计划组人均毛利 − 对照组人均毛利；针对整个活动，不随筛选变化',
        },
        unit: 'money',
        value: newest?.difference ?? null,
        low: newest?.low ?? null,
        high: newest?.high ?? null,
        ...(newest?.isAA
          ? {
              note: {
                en: 'A/A: nobody was really contacted in that past, so a difference is chance.',
                zh: 'A/A：该时期并未真正触达，差异属偶然。',
              },
            }
          : {}),
        table: 'runs',
      },
      {
        id: 'price-sensitive',
        name: { en: 'Price-sensitive', zh: '价格敏感占比' },
        formula: { en: 'answers “high” ÷ all answers to the survey’s question', zh: '调查中回答“高”的占比' },
        unit: 'share',
        value: known(asked.high / surveyed),
        ...interval(asked.high, surveyed),
        table: 'seven_p_customers',
        who: 'trait:price_sensitivity:high',
      },
    ],
    blocks: [
      block(
        'channels',
        { en: 'By channel', zh: '按渠道' },
        { en: 'Channel', zh: '渠道' },
        rowsOf(channels, channelText),
      ),
      block(
        'offers',
        { en: 'By offer', zh: '按优惠' },
        { en: 'Offer', zh: '优惠' },
        rowsOf(offers, id => ({ en: id || '–', zh: id || '–' })),
      ),
      block(
        'fatigue',
        { en: 'Fatigue', zh: '疲劳度' },
        { en: 'Contacts in the 180 days before', zh: '此前 180 天触达次数' },
        rowsOf(earlier, id => ({
          en: id === '6' ? '6 and more' : id,
          zh: id === '6' ? '6 次及以上' : `${id} 次`,
        })).toSorted((a, b) => Number(a.key) - Number(b.key)),
        {
          formula: {
            en: 'Response to a contact with an offer, by how many contacts its customer had in the 180 days before it. When it falls from row to row, they have had enough; those contacted often were also chosen for it, so this is a sign and no proof.',
            zh: '带优惠触达的响应率，按该客户此前 180 天的触达次数分组。逐行下降即为疲劳；常被触达者本经挑选，故此为迹象而非证明。',
          },
        },
      ),
      block(
        'segments',
        { en: 'By segment', zh: '按客群' },
        { en: 'Segment', zh: '客群' },
        rowsOf(segments, id => segmentText(ask, id)),
      ),
      {
        id: 'uplift',
        title: { en: 'Uplift against control', zh: '相对对照组的提升' },
        formula: {
          en: 'Margin per planned customer less margin per customer of the control, with its 95 % interval, as each turn measured it. Of whole campaigns, whatever the filter.',
          zh: '计划组人均毛利减对照组人均毛利及其 95% 区间，取自各轮的测量；针对整个活动，不随筛选变化。',
        },
        table: 'runs',
        draw: 'table',
        label: { en: 'Turn as of', zh: '轮次日期' },
        columns: [
          { id: 'difference', name: { en: 'Uplift per customer', zh: '人均提升' }, unit: 'money' },
          { id: 'low', name: { en: 'from', zh: '下限' }, unit: 'money' },
          { id: 'high', name: { en: 'to', zh: '上限' }, unit: 'money' },
        ],
        shown: 0,
        rows: uplift.map(row => ({
          key: row.asOf,
          label: row.isAA ? { en: `${row.asOf} (A/A)`, zh: `${row.asOf}（A/A）` } : { en: row.asOf, zh: row.asOf },
          values: [row.difference, row.low, row.high],
          strong: row.low > 0 || row.high < 0,
        })),
        empty: { en: 'No campaign has been measured yet.', zh: '尚无活动完成测量。' },
      },
      {
        id: 'sensitivity',
        title: { en: 'Price sensitivity', zh: '价格敏感度' },
        formula: {
          en: 'Newest survey answers of those who were asked, by segment; the share who answered “high”.',
          zh: '受访客户最近一次调查回答，按客群；“高”的占比。',
        },
        note: surveyNote(surveyed),
        table: 'seven_p_customers',
        draw: 'bars',
        label: { en: 'Segment', zh: '客群' },
        columns: [
          { id: 'high-share', name: { en: 'High', zh: '高' }, unit: 'share' },
          ...(['low', 'medium', 'high'] as const).map(value => ({
            id: value,
            name: sensitivityName(value),
            unit: 'count' as const,
          })),
        ],
        shown: 0,
        rows: sensitivity
          .filter(row => row.segment !== '')
          .map(row => ({
            key: row.segment,
            label: segmentText(ask, row.segment),
            values: [known(row.high / (row.low + row.medium + row.high)), row.low, row.medium, row.high],
            who: `segment:${row.segment}`,
          })),
        empty: { en: 'Nobody here answered the survey.', zh: '此范围内无人回答调查。' },
      },
    ],
  }
}

const interval = (yes: number, of: number) => {
  const found = wilson(yes, of)
  return found ? { low: found.low, high: found.high } : {}
}
const sensitivityName = (value: string) => {
  const name = valueName(traits.find(trait => trait.id === 'price_sensitivity')!, value)
  return { en: `${name.en}, answers`, zh: `${name.zh}（回答数）` }
}
const surveyNote = (answers: number) => ({
  en: `${answers} customers answered: what is said of few of them is no more than a hint.`,
  zh: `共 ${answers} 位客户回答：人数少的客群仅供参考。`,
})

interface Measured {
  asOf: string
  difference: number
  low: number
  high: number
  isAA: boolean
}

/** What each turn's last step measured: figures of runs, which the platform keeps; newest first. */
async function measured({ app }: Asked): Promise<Measured[]> {
  const turns = (await app.runs.turns()).slice(0, 12)
  const found = await Promise.all(
    turns.map(async turn => {
      const run = (await app.runs.runsOf(turn.id)).find(
        candidate => candidate.step === 'measure' && candidate.state === 'committed',
      )
      const { difference, low, high, isAA } = run?.figures ?? {}
      return typeof difference === 'number' && typeof low === 'number' && typeof high === 'number'
        ? [{ asOf: turn.asOf, difference, low, high, isAA: isAA === 1 }]
        : []
    }),
  )
  return found.flat()
}
