import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { CalibrationPage, CorrectionList, LoopPage, ModelVerdictPage } from '../../api/learning.ts'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import { useText } from '../../i18n/use-text.ts'
import { Chip, Panel, type Tone } from '../../kit/index.ts'

interface Sentence {
  id: string
  tone: Tone
  label: string
  text: ReactNode
  to?: { tab: string; words: string }
}

/** What all the figures say, in plain sentences: what it earned, whether promises were kept, whom we knew, what is to be done. */
export function Story({ loop }: { loop: LoopPage }) {
  const { t } = useText()
  const may = useMay()
  return (
    <Panel title={t('learned.story')} note={t('learned.story-note')}>
      <ul className="story-list">
        <Said one={useEarned(loop)} />
        <Said one={usePromise(loop)} />
        {may('plan.read') ? <MoneyKept /> : null}
        {may('insight.read') ? <Known /> : null}
        {may('insight.read') ? <Waiting /> : null}
      </ul>
    </Panel>
  )
}

/** Its line is kept, so that nothing moves when the figures come. */
const PENDING = { id: 'pending', tone: 'outline', text: '…' } as const

function Said({ one }: { one: Sentence | null }) {
  if (!one) return null
  return (
    <li>
      <span>
        <Chip tone={one.tone}>{one.label}</Chip>
      </span>
      <span>
        {one.text} {one.to ? <Link to={`?tab=${one.to.tab}`}>{one.to.words}</Link> : null}
      </span>
    </li>
  )
}

function useEarned({ years, currency, turns }: LoopPage): Sentence {
  const { t, money } = useText()
  const label = t('learned.story-earned')
  const year = years[0]
  if (!year || turns.every(turn => turn.earned === null))
    return { id: 'earned', tone: 'outline', label, text: t('learned.story-earned-none') }
  const { net, low, high } = year.total
  if (year.drivers.length === 0)
    return { id: 'earned', tone: 'outline', label, text: t('learned.story-earned-open', { year: year.year }) }
  const params = {
    ...{ year: year.year, net: money(Math.abs(net), currency) },
    ...{ low: money(low, currency, { sign: true }), high: money(high, currency, { sign: true }) },
  }
  const clear = low > 0 ? 'good' : high < 0 ? 'bad' : 'unclear'
  const tone: Tone = clear === 'unclear' ? 'warn' : clear
  return { id: 'earned', tone, label, text: t(`learned.story-earned-${clear}`, params) }
}

/** Of all turns whose time to answer is over. */
function usePromise({ promise }: LoopPage): Sentence {
  const { t, number } = useText()
  const label = t('learned.story-promise')
  if (!promise || promise.expected < 1)
    return { id: 'promise', tone: 'outline', label, text: t('learned.story-promise-none') }
  const { expected, taken, odds } = promise
  const ratio = taken / expected
  // By the evidence of the page Response, so that both say the same however often one looks.
  const kept = odds < 20 || Math.abs(ratio - 1) <= 0.1
  const params = { of: number(100 * ratio), expected: number(expected), taken: number(taken) }
  return {
    ...{ id: 'promise', label, tone: kept ? 'good' : 'warn' },
    text: t(
      kept ? 'learned.story-promise-kept' : ratio < 1 ? 'learned.story-promise-less' : 'learned.story-promise-more',
      params,
    ),
    to: { tab: 'response', words: t('learned.story-where') },
  }
}

function MoneyKept() {
  const { t, number, day } = useText()
  const { data } = useGet<CalibrationPage>('/plan/calibration')
  const label = t('learned.story-next')
  if (!data) return <Said one={{ ...PENDING, label }} />
  const { next } = data
  const to = { tab: 'calibration', words: t('learned.story-how') }
  if (!next.used) return <Said one={{ id: 'next', tone: 'warn', label, text: t('learned.story-next-off'), to }} />
  if (next.turns.length === 0)
    return <Said one={{ id: 'next', tone: 'outline', label, text: t('learned.story-next-none') }} />
  const params = { since: day(next.turns[0]!), factor: number(100 * (next.values?.overall.factor ?? 1)) }
  const text = t(next.values ? 'learned.story-next-money' : 'learned.story-next-answers', params)
  return <Said one={{ id: 'next', tone: 'good', label, text, to }} />
}

function Known() {
  const { t, say, number } = useText()
  const { data } = useGet<ModelVerdictPage>('/customer-model/verdict')
  const label = t('learned.story-known')
  if (!data) return <Said one={{ ...PENDING, label }} />
  if (data.segments.length === 0) return null
  const of = (standing: string) => data.segments.filter(one => one.standing === standing)
  const [wrong, held, open] = [of('not-held'), of('held').length, of('unknown').length]
  const params = {
    ...{ held: number(held), open: number(open), all: number(data.segments.length) },
    names: wrong.map(one => say(one.name)).join(t('learned.story-comma')),
  }
  const kind = wrong.length > 0 ? 'wrong' : held > 0 ? 'held' : 'open'
  return (
    <Said
      one={{
        ...{ id: 'known', label, text: t(`learned.story-known-${kind}`, params) },
        tone: ({ wrong: 'bad', held: 'good', open: 'outline' } as const)[kind],
        to: { tab: 'verdict', words: t('learned.story-evidence') },
      }}
    />
  )
}

function Waiting() {
  const { t, number } = useText()
  const { data } = useGet<CorrectionList>('/customer-model/corrections')
  const waiting = data?.rows.filter(row => row.state === 'asked').length ?? 0
  if (waiting === 0) return null
  return (
    <Said
      one={{
        ...{ id: 'waiting', tone: 'warn', label: t('learned.story-waiting') },
        text: t('learned.story-waiting-text', { count: number(waiting) }),
        to: { tab: 'corrections', words: t('learned.story-decide') },
      }}
    />
  )
}
