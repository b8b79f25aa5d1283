import { type Asked, IN_PERIOD, INSIDE } from './asked.ts'
import { type Contacts, contactCosts, costOf } from './contact-costs.ts'
import { type Block, type BlockRow, type Content, known, segmentText } from './parts.ts'
import { priceSensitivity } from './price-sensitivity.ts'
import { wilson } from './statistics/two-proportions.ts'
import { uplift } from './uplift.ts'

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
  const [channels, offers, earlier, segments, costs, sensitivity, tried] = await Promise.all([
    app.facts.query<Answered>(contactsSql('channel'), params),
    app.facts.query<Answered>(offersSql('offer'), params),
    app.facts.query<Answered>(offersSql('earlier'), params),
    app.facts.query<Answered>(contactsSql('segment'), params),
    contactCosts(app),
    priceSensitivity(ask),
    uplift(ask),
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
      tried.figure,
      sensitivity.figure,
    ],
    blocks: [
      block(
        'channels',
        { en: 'By channel', zh: '按渠道' },
        { en: 'Channel', zh: '渠道' },
        rowsOf(channels, channelText),
      ),
      // Without contacts one empty table says it.
      ...(total.contacts === 0
        ? []
        : [
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
          ]),
      ...tried.blocks,
      sensitivity.block,
    ],
  }
}
