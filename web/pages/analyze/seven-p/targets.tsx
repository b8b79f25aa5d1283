import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Query, send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, Drawer, InputNumber, Select, useProblem, useToast } from '../../../kit/index.ts'
import type { Target, TargetList } from './types.ts'

interface TargetsProps {
  query: Query
  currency: string
  onClose: () => void
}

/** Targets of one metric by segment and month; the year before, times a growth, fills them all at once, and can be taken back. */
export function TargetsDrawer({ query, currency, onClose }: TargetsProps) {
  const { t } = useText()
  const [segment, setSegment] = useState(String(query['segment'] ?? ''))
  const metric = (query['metric'] || 'sales') as Target['metric']
  const list = useGet<TargetList>('/insight/targets', { query: { metric } })
  return (
    <Drawer open onClose={onClose} size={520} title={t('targets.title', { metric: t(`metric.${metric}`) })}>
      <Async query={list} lines={12}>
        {data => (
          <Form
            key={segment}
            list={data}
            metric={metric}
            segment={segment}
            onSegment={setSegment}
            currency={currency}
          />
        )}
      </Async>
    </Drawer>
  )
}

interface FormProps {
  list: TargetList
  metric: Target['metric']
  segment: string
  onSegment: (segment: string) => void
  currency: string
}

function Form({ list, metric, segment, onSegment, currency }: FormProps) {
  const { t, say, month, number, money } = useText()
  const client = useQueryClient()
  const toast = useToast()
  const problem = useProblem()
  const scale = metric === 'orders' ? 1 : 100
  const kept = (): Record<string, number | null> =>
    Object.fromEntries(
      list.months.map(name => [
        name,
        list.rows.find(row => row.segment === segment && row.month === name)?.amount ?? null,
      ]),
    )
  const [amounts, setAmounts] = useState(kept)
  const [growth, setGrowth] = useState(5)
  const [undo, setUndo] = useState<Record<string, number | null> | null>(null)
  const [busy, setBusy] = useState(false)
  const before = (name: string) => list.before.find(row => row.segment === segment && row.month === name)?.amount
  const write = (value: number) => (metric === 'orders' ? number(value) : money(value, currency))
  const fill = (): void => {
    setUndo(amounts)
    setAmounts(
      Object.fromEntries(
        list.months.map(name => {
          const base = before(name)
          return [name, base === undefined ? (amounts[name] ?? null) : Math.round(base * (1 + growth / 100))]
        }),
      ),
    )
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      await send('PUT', '/insight/targets', {
        targets: list.months.map(name => ({ segment, month: name, metric, amount: amounts[name] ?? null })),
      })
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/insight/') })
      toast.done(t('targets.saved'))
    } catch (error) {
      toast.failed(problem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="stack">
      <p className="soft">{t('targets.lead')}</p>
      <Select
        aria-label={t('seven.segment')}
        value={segment}
        onChange={onSegment}
        options={list.segments.map(choice => ({ value: choice.id, label: say(choice.name) }))}
      />
      <div className="row">
        <span>{t('targets.fill')}</span>
        <InputNumber
          aria-label={t('targets.growth')}
          value={growth}
          min={-90}
          max={900}
          suffix="%"
          onChange={value => setGrowth(value ?? 0)}
        />
        <Button onClick={fill}>{t('targets.apply')}</Button>
      </div>
      {undo ? (
        <Callout
          tone="info"
          extra={
            <Button
              size="small"
              onClick={() => {
                setAmounts(undo)
                setUndo(null)
              }}
            >
              {t('targets.undo')}
            </Button>
          }
        >
          {t('targets.filled')}
        </Callout>
      ) : null}
      <table className="table targets-table">
        <thead>
          <tr>
            <th scope="col">{t('targets.month')}</th>
            <th scope="col" className="right">
              {t('targets.before')}
            </th>
            <th scope="col" className="right">
              {t('targets.target')}
            </th>
          </tr>
        </thead>
        <tbody>
          {list.months.map(name => {
            const base = before(name)
            const amount = amounts[name] ?? null
            return (
              <tr key={name}>
                <td>{month(`${name}-01`)}</td>
                <td className="right">{base === undefined ? '–' : write(base)}</td>
                <td className="right">
                  <InputNumber
                    aria-label={`${t('targets.target')} ${month(`${name}-01`)}`}
                    value={amount === null ? null : amount / scale}
                    min={0}
                    precision={0}
                    onChange={value => setAmounts({ ...amounts, [name]: value === null ? null : value * scale })}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <div className="row">
        <Button type="primary" loading={busy} onClick={() => void save()}>
          {t('seven.save')}
        </Button>
        <Button onClick={() => setAmounts(kept())}>{t('targets.reset')}</Button>
      </div>
    </div>
  )
}
