import { type Asked, INSIDE } from './asked.ts'
import { type Block, type Figure, segmentText } from './parts.ts'

interface Moments {
  customers: number
  sum: number
  squares: number
}

interface Arm extends Moments {
  segment: string
  campaign: number
  began: string
  ended: string
  held: number
}

const armsSql = `
SELECT segment, campaign, toString(min(day)) AS began, toString(max(until)) AS ended, held, sum(a.customers) AS customers,
  sum(a.sum) AS sum, sum(a.squares) AS squares
FROM seven_p_arms AS a
WHERE ${INSIDE}
GROUP BY GROUPING SETS ((campaign, held), (campaign, held, segment))
ORDER BY campaign DESC, segment`

/** Fewer customers in an arm than this: the normal interval would claim too much. */
const FEWEST = 30

/** Mean of the planned less that of the control, variances unequal (Welch), 95 %; null when an arm is too small. */
export function meanDifference(
  planned: Moments,
  control: Moments,
): { difference: number; low: number; high: number } | null {
  if (planned.customers < FEWEST || control.customers < FEWEST) return null
  const mean = (arm: Moments) => arm.sum / arm.customers
  const error = (arm: Moments) =>
    Math.max(0, arm.squares - arm.customers * mean(arm) ** 2) / (arm.customers - 1) / arm.customers
  const difference = mean(planned) - mean(control)
  const half = 1.96 * Math.sqrt(error(planned) + error(control))
  return { difference, low: difference - half, high: difference + half }
}

interface Tried {
  name: string
  segment: string
  planned: number
  control: number
  difference: number
  low: number
  high: number
}

/** Campaigns with both arms, newest first: all of the filter under segment '', then each segment. */
async function trials({ app, params }: Asked): Promise<Tried[]> {
  const arms = await app.facts.query<Arm>(armsSql, params)
  return [...Map.groupBy(arms, arm => `${arm.campaign}\n${arm.segment}`).values()].flatMap(both => {
    const planned = both.find(arm => arm.held === 0)
    const control = both.find(arm => arm.held === 1)
    const found = planned && control ? meanDifference(planned, control) : null
    return found && planned && control
      ? [
          {
            name: `${planned.began} – ${planned.ended}`,
            segment: planned.segment,
            planned: planned.customers,
            control: control.customers,
            ...found,
          },
        ]
      : []
  })
}

interface Measured {
  name: string
  difference: number
  low: number
  high: number
  isAA: boolean
}

/** What each turn's last step measured of its campaign: figures of runs, which the platform keeps; newest first. */
async function measuredByTurns({ app }: Asked): Promise<Measured[]> {
  const turns = (await app.runs.turns()).slice(0, 12)
  const found = await Promise.all(
    turns.map(async turn => {
      const run = (await app.runs.runsOf(turn.id)).find(
        candidate => candidate.step === 'measure' && candidate.state === 'committed',
      )
      const { difference, low, high, isAA } = run?.figures ?? {}
      return typeof difference === 'number' && typeof low === 'number' && typeof high === 'number'
        ? [{ name: turn.asOf, difference, low, high, isAA: isAA === 1 }]
        : []
    }),
  )
  return found.flat()
}

/** The uplift of campaigns: of the filter from the events of both arms, else of whole campaigns as the turns measured it. */
export async function uplift(ask: Asked): Promise<{ figure: Figure; blocks: Block[] }> {
  const [tried, turns] = await Promise.all([trials(ask), measuredByTurns(ask)])
  const campaign = tried.find(row => row.segment === '')
  const turn = campaign ? undefined : turns[0]
  return {
    figure: {
      id: 'uplift',
      name: { en: 'Uplift, newest campaign', zh: '最近活动的提升' },
      formula: campaign
        ? {
            en: `margin per customer the campaign chose − margin per customer held out as control, ${campaign.name}; of the customers in the filter`,
            zh: `活动所选客户人均毛利 − 对照客户人均毛利，${campaign.name}；仅筛选范围内客户`,
          }
        : {
            en: 'margin per planned customer − margin per customer held out as control, over the campaign’s horizon; of the whole campaign, whatever the filter',
            zh: '活动期内计划组人均毛利 − 对照组人均毛利；针对整个活动，不随筛选变化',
          },
      unit: 'money',
      value: campaign?.difference ?? turn?.difference ?? null,
      low: campaign?.low ?? turn?.low ?? null,
      high: campaign?.high ?? turn?.high ?? null,
      ...(turn?.isAA
        ? {
            note: {
              en: 'A/A: nobody was really contacted in that past, so a difference is chance.',
              zh: 'A/A：该时期并未真正触达，差异属偶然。',
            },
          }
        : {}),
      table: campaign ? 'seven_p_arms' : 'runs',
    },
    blocks: [...(tried.length > 0 ? [byTrial(ask, tried)] : []), byTurn(turns)],
  }
}

const difference: Block['columns'] = [
  { id: 'difference', name: { en: 'Uplift per customer', zh: '人均提升' }, unit: 'money' },
  { id: 'low', name: { en: 'from', zh: '下限' }, unit: 'money' },
  { id: 'high', name: { en: 'to', zh: '上限' }, unit: 'money' },
]

/** Each campaign, and the newest one by segment. */
function byTrial(ask: Asked, tried: readonly Tried[]): Block {
  const newest = tried.find(row => row.segment === '')?.name
  return {
    id: 'uplift',
    title: { en: 'Uplift against control', zh: '相对对照组的提升' },
    formula: {
      en: 'Margin per customer the campaign chose less margin per customer it held out at random, from the campaign’s day to the end of its horizon or to the date; 95 % interval of the difference of the means. Whoever was chosen counts, reached or not. Arms of fewer than thirty are left out.',
      zh: '自活动日至活动期末（或截至日期），所选客户人均毛利减随机对照客户人均毛利；均值差的 95% 区间。凡被选中者均计入，无论是否触达；任一组不足三十人的不显示。',
    },
    table: 'seven_p_arms',
    draw: 'table',
    label: { en: 'Customers', zh: '客户' },
    grouped: { en: 'Campaign', zh: '活动' },
    columns: [
      { id: 'planned', name: { en: 'Planned', zh: '计划组' }, unit: 'count' },
      { id: 'control', name: { en: 'Control', zh: '对照组' }, unit: 'count' },
      ...difference,
    ],
    shown: 2,
    rows: tried
      .filter(row => row.segment === '' || row.name === newest)
      .map(row => ({
        key: `${row.name} ${row.segment}`,
        group: { en: row.name, zh: row.name },
        label: row.segment === '' ? { en: 'All', zh: '全部' } : segmentText(ask, row.segment),
        values: [row.planned, row.control, row.difference, row.low, row.high],
        strong: row.low > 0 || row.high < 0,
      })),
    empty: { en: 'No campaign has been measured yet.', zh: '尚无活动完成测量。' },
  }
}

const byTurn = (turns: readonly Measured[]): Block => ({
  id: 'turns',
  title: { en: 'Uplift as each turn measured it', zh: '各轮测得的提升' },
  formula: {
    en: 'Margin per planned customer less margin per customer of the control, with its 95 % interval. Of whole campaigns, whatever the filter.',
    zh: '计划组人均毛利减对照组人均毛利及其 95% 区间；针对整个活动，不随筛选变化。',
  },
  table: 'runs',
  draw: 'table',
  label: { en: 'Turn as of', zh: '轮次日期' },
  columns: difference,
  shown: 0,
  rows: turns.map(({ name, isAA, difference, low, high }) => ({
    key: name,
    label: isAA ? { en: `${name} (A/A)`, zh: `${name}（A/A）` } : { en: name, zh: name },
    values: [difference, low, high],
    strong: low > 0 || high < 0,
  })),
  empty: { en: 'No campaign has been measured yet.', zh: '尚无活动完成测量。' },
})
