import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  type Column,
  DataTable,
  Field,
  Figures,
  Panel,
  Slider,
  useLater,
  useUrlState,
} from '../../../kit/index.ts'
import { Help } from './help.tsx'
import type { WhatIf } from './types.ts'
import { useMoneyRange } from './use-money-range.ts'

const MOST = 50

/** What fewer leavers would be worth, by segment. */
export function WhatIfPanel({ months }: { months: number }) {
  const { t } = useText()
  const [kept, setKept] = useUrlState('percent', '5')
  const [percent, setPercent] = useState(() => Math.min(MOST, Math.max(0, Number(kept) || 0)))
  const asked = useLater(percent, 200)
  const answer = useGet<WhatIf>('/value/what-if', { query: { percent: asked, months }, keep: true })
  return (
    <Panel title={t('worth.what-if')} note={t('worth.what-if-note', { days: answer.data?.leavingDays ?? 180 })}>
      <div className="stack">
        <Field label={t('worth.fewer', { percent })}>
          {id => (
            <Slider
              id={id}
              min={0}
              max={MOST}
              step={1}
              value={percent}
              onChange={setPercent}
              onChangeComplete={value => setKept(String(value))}
              ariaLabelForHandle={t('worth.fewer', { percent })}
              marks={{ 0: '0', 5: '5', 10: '10', 25: '25', 50: '50%' }}
            />
          )}
        </Field>
        <Async query={answer} lines={6}>
          {data => <Answer data={data} />}
        </Async>
        <Help id="what-if" values={{ days: String(answer.data?.leavingDays ?? 180) }} />
      </div>
    </Panel>
  )
}

function Answer({ data }: { data: WhatIf }) {
  const { t, say, number } = useText()
  const { money, between } = useMoneyRange(data.currency)
  const navigate = useNavigate()
  const { total } = data
  const columns: Column<WhatIf['rows'][number]>[] = [
    {
      id: 'segment',
      title: t('worth.segment'),
      foot: t('worth.together'),
      by: row => say(row.name),
      cell: row => say(row.name),
    },
    {
      id: 'customers',
      title: t('worth.customers'),
      right: true,
      foot: number(total.customers),
      by: row => row.customers,
      cell: row => number(row.customers),
    },
    {
      id: 'leavers',
      title: t('worth.leavers'),
      right: true,
      foot: number(total.leavers),
      by: row => row.leavers,
      cell: row => number(row.leavers),
    },
    {
      id: 'kept',
      title: t('worth.kept'),
      right: true,
      foot: number(total.kept, 1),
      by: row => row.kept,
      cell: row => number(row.kept, 1),
    },
    {
      id: 'gain',
      title: t('worth.gain', { months: data.months }),
      right: true,
      foot: money(total.minor),
      by: row => row.minor,
      cell: row => (
        <>
          <div className="strong">{money(row.minor)}</div>
          <div className="small muted">{between(row)}</div>
        </>
      ),
    },
    {
      id: 'each',
      title: t('worth.each-kept'),
      right: true,
      by: row => (row.kept > 0 ? row.minor / row.kept : 0),
      cell: row => (row.kept > 0 ? money(row.minor / row.kept) : '–'),
    },
  ]
  return (
    <div className="stack">
      <Figures
        items={[
          {
            id: 'gain',
            label: t('worth.gain', { months: data.months }),
            value: money(total.minor),
            note: between(total),
            tone: 'good',
          },
          {
            id: 'kept',
            label: t('worth.kept'),
            value: number(total.kept, 1),
            note: t('worth.of-leavers', { count: number(total.leavers) }),
          },
          {
            id: 'each',
            label: t('worth.each-kept'),
            value: total.kept > 0 ? money(total.minor / total.kept) : '–',
          },
        ]}
      />
      <DataTable
        columns={columns}
        rows={data.rows}
        rowId={row => row.segment}
        onOpen={row => void navigate(`/segments/${row.segment}`)}
        empty={<Blank title={t('worth.nobody')} />}
        caption={t('worth.what-if')}
      />
    </div>
  )
}
