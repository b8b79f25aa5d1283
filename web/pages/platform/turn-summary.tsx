import { CheckOutlined, WarningOutlined } from '@ant-design/icons'
import { Fragment } from 'react'
import type { Figures } from '../../api/loop.ts'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import type { SegmentList } from '../../api/types.ts'
import type { MessageId } from '../../i18n/i18n.ts'
import { isMessage } from '../../i18n/i18n.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, Panel } from '../../kit/index.ts'

interface Sum {
  id: string
  title: MessageId
  whole: string
  parts: string[]
}

/** What goes in comes out: the counts of a turn as sums that anybody can check. */
const sums: readonly Sum[] = [
  { id: 'rows', title: 'summary.rows', whole: 'rowsIn', parts: ['stored', 'duplicates', 'quarantined'] },
  { id: 'messages', title: 'summary.messages', whole: 'planned', parts: ['composed', 'held'] },
  { id: 'deliveries', title: 'summary.deliveries', whole: 'composed', parts: ['settled', 'refused', 'failed'] },
]

export function TurnSummary({ counts }: { counts: Figures }) {
  const { t, number } = useText()
  const value = (key: string): number | null => {
    const found = counts[key]
    return typeof found === 'number' ? found : null
  }
  const label = (key: string): string => {
    const id = `figure.${key}`
    return isMessage(id) ? t(id) : key
  }
  const shown = sums.filter(sum => value(sum.whole) !== null)
  const segments = counts['segments']
  if (shown.length === 0 && !segments)
    return (
      <Panel title={t('summary.title')}>
        <Blank title={t('summary.none')} />
      </Panel>
    )
  return (
    <Panel title={t('summary.title')} note={t('summary.note')}>
      <div className="stack">
        {shown.map(sum => {
          const whole = value(sum.whole) ?? 0
          const parts = sum.parts.map(part => value(part))
          const known = parts.every(part => part !== null)
          const holds = parts.reduce<number>((total, part) => total + (part ?? 0), 0) === whole
          return (
            <div key={sum.id} className="sum">
              <div className="small muted">{t(sum.title)}</div>
              <div className="sum-line">
                <SumTerm value={number(whole)} label={label(sum.whole)} />
                {sum.parts.map((part, index) => (
                  <Fragment key={part}>
                    <span className="operator">{index === 0 ? '=' : '+'}</span>
                    <SumTerm value={parts[index] == null ? '…' : number(parts[index])} label={label(part)} />
                  </Fragment>
                ))}
                {known ? (
                  <span className={holds ? 'sum-holds good' : 'sum-holds bad'}>
                    {holds ? <CheckOutlined /> : <WarningOutlined />} {t(holds ? 'summary.holds' : 'summary.breaks')}
                  </span>
                ) : null}
              </div>
            </div>
          )
        })}
        {segments && typeof segments === 'object' ? (
          <SegmentSum segments={segments} customers={value('customers')} />
        ) : null}
      </div>
    </Panel>
  )
}

function SumTerm({ value, label }: { value: string; label: string }) {
  return (
    <span className="sum-term">
      <b>{value}</b>
      <span>{label}</span>
    </span>
  )
}

function SegmentSum({ segments, customers }: { segments: Record<string, number>; customers: number | null }) {
  const { t, say, number, percent } = useText()
  const may = useMay()
  const list = useGet<SegmentList>('/segments', { enabled: may('segments.read') })
  const total = Object.values(segments).reduce((sum, size) => sum + size, 0)
  // The counts name segments in English; whoever may see segments reads them in their own language.
  const named = (name: string): string => {
    const found = list.data?.rows.find(row => row.name.en === name || row.id === name)
    return found ? say(found.name) : name
  }
  const rows = Object.entries(segments)
    .map(([name, size]) => [named(name), size] as const)
    .sort((a, b) => b[1] - a[1])
  return (
    <div className="sum">
      <div className="small muted">{t('summary.segments')}</div>
      <div className="strip" role="img" aria-label={t('summary.segments')}>
        {rows.map(([name, size], index) => (
          <span
            key={name}
            style={{ flexGrow: size, opacity: 1 - (0.78 * index) / Math.max(rows.length, 1) }}
            title={`${name}: ${number(size)} (${percent(total > 0 ? size / total : 0)})`}
          />
        ))}
      </div>
      <ul className="strip-legend">
        {rows.map(([name, size], index) => (
          <li key={name}>
            <i style={{ opacity: 1 - (0.78 * index) / Math.max(rows.length, 1) }} />
            <span>{name}</span>
            <b>{number(size)}</b>
          </li>
        ))}
      </ul>
      {customers === null ? null : (
        <div className={total === customers ? 'small good' : 'small bad'}>
          {total === customers ? <CheckOutlined /> : <WarningOutlined />}{' '}
          {t('summary.segments-sum', { total: number(total), customers: number(customers) })}
        </div>
      )}
    </div>
  )
}
