import { useState } from 'react'
import type { CustomerDetail } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, Chip, Panel } from '../../kit/index.ts'

/** The rows of the sources that are this customer, as the sources gave them. */
export function CustomerRecords({ records }: { records: CustomerDetail['records'] }) {
  const { t } = useText()
  if (records.length === 0)
    return (
      <Panel>
        <Blank title={t('records.none')} />
      </Panel>
    )
  return (
    <div className="stack">
      {records.map(record => (
        <SourceRecord key={`${record.source} ${record.rowKey}`} record={record} />
      ))}
    </div>
  )
}

function SourceRecord({ record }: { record: CustomerDetail['records'][number] }) {
  const { t, term, percent, number } = useText()
  const [all, setAll] = useState(false)
  const cells = Object.entries(record.raw).filter(([, value]) => all || (value !== '' && value !== null))
  return (
    <Panel
      title={
        <span className="row">
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
