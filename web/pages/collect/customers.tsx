import { SearchOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import type { SegmentList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Input, Page, Panel, Select, useLater, useUrlState } from '../../kit/index.ts'
import { CustomerRows } from './customer-rows.tsx'

export default function CustomersPage() {
  const { t, say, number } = useText()
  const may = useMay()
  const [q, setQ] = useUrlState('q')
  const [segment, setSegment] = useUrlState('segment')
  const [words, setWords] = useState(q)
  const [total, setTotal] = useState<number | null>(null)
  const settled = useLater(q, 150)
  const segments = useGet<SegmentList>('/segments', { enabled: may('segments.read') })
  return (
    <Page title={t('customers.title')} lead={t('customers.lead')}>
      <div className="toolbar">
        <Input
          className="grow"
          allowClear
          prefix={<SearchOutlined />}
          placeholder={t('customers.search')}
          aria-label={t('customers.search')}
          value={words}
          onChange={event => {
            setWords(event.target.value)
            // What an input method is still composing is not a search yet.
            if (!(event.nativeEvent as InputEvent).isComposing) setQ(event.target.value)
          }}
          onCompositionEnd={event => setQ(event.currentTarget.value)}
        />
        {segments.data ? (
          <Select
            value={segment}
            onChange={setSegment}
            aria-label={t('customers.segment')}
            style={{ minWidth: 190 }}
            options={[
              { value: '', label: t('customers.all-segments') },
              ...segments.data.rows.map(row => ({ value: row.id, label: say(row.name) })),
            ]}
          />
        ) : null}
        <span className="count">
          {total === null ? null : t('customers.count', { count: total, shown: number(total) })}
        </span>
      </div>
      <Panel flush>
        <CustomerRows key={`${settled} ${segment}`} q={settled} segment={segment} onTotal={setTotal} />
      </Panel>
    </Page>
  )
}
