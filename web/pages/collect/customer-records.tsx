import { useState } from 'react'
import type { CustomerDetail } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, Checkbox, Chip, Panel } from '../../kit/index.ts'
import { RecordActions } from './identity/record-actions.tsx'

type Record = CustomerDetail['records'][number]

/** The rows of the sources that are this customer, as the sources gave them. */
export function CustomerRecords({ customer }: { customer: CustomerDetail }) {
  const { t } = useText()
  const { records } = customer
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const nameOf = ({ source, rowKey }: Record): string => `${source} ${rowKey}`
  const choose = (name: string): void =>
    setChosen(before => {
      const next = new Set(before)
      if (!next.delete(name)) next.add(name)
      return next
    })
  if (records.length === 0)
    return (
      <Panel>
        <Blank title={t('records.none')} />
      </Panel>
    )
  return (
    <div className="stack">
      <RecordActions
        customer={customer}
        chosen={records.filter(record => chosen.has(nameOf(record)))}
        onClear={() => setChosen(new Set())}
      />
      {records.map(record => (
        <SourceRecord
          key={nameOf(record)}
          record={record}
          chosen={chosen.has(nameOf(record))}
          onChoose={() => choose(nameOf(record))}
        />
      ))}
    </div>
  )
}

interface SourceRecordProps {
  record: Record
  chosen: boolean
  onChoose: () => void
}

function SourceRecord({ record, chosen, onChoose }: SourceRecordProps) {
  const { t, term, percent, number } = useText()
  const [all, setAll] = useState(false)
  const cells = Object.entries(record.raw).filter(([, value]) => all || (value !== '' && value !== null))
  return (
    <Panel
      title={
        <span className="row">
          <Checkbox
            checked={chosen}
            onChange={onChoose}
            aria-label={t('identity.choose-record', { record: record.rowKey })}
          />
          {term('source', record.source)} <span className="mono muted">{record.rowKey}</span>
        </span>
      }
      note={t('records.from', { file: record.file, row: number(record.rowNo) })}
      extra={
        <Chip tone={record.probability > 0.95 ? 'good' : 'warn'}>
          {t('records.probability', { percent: percent(record.probability, 0) })}
        </Chip>
      }
    >
      <dl className="pairs">
        {cells.map(([header, value]) => (
          <RawCell key={header} header={header} value={value} />
        ))}
      </dl>
      <button type="button" className="link-button no-print" onClick={() => setAll(!all)}>
        {all ? t('records.hide-empty') : t('records.show-empty')}
      </button>
    </Panel>
  )
}

function RawCell({ header, value }: { header: string; value: unknown }) {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
  return (
    <>
      <dt className="break">{header}</dt>
      <dd>{text || <span className="muted">–</span>}</dd>
    </>
  )
}
