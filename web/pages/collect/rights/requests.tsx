import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import type { RequestList } from '../../../api/rights.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, DataTable, Pager, Panel, Segmented, useUrlState } from '../../../kit/index.ts'
import { useRequestColumns } from './request-row.tsx'

const LIMIT = 50

export function Requests() {
  const { t } = useText()
  const [state, setState] = useUrlState('state', 'open')
  const [offset, setOffset] = useState(0)
  const columns = useRequestColumns(true)
  const requests = useGet<RequestList>('/rights/requests', {
    query: { state, offset, limit: LIMIT },
    keep: true,
    every: data => (data?.rows.some(row => row.state === 'running' || row.state === 'approved') ? 2000 : false),
  })
  return (
    <Panel
      title={t('rights.requests')}
      note={t('rights.requests-lead')}
      flush
      extra={
        <Segmented
          value={state}
          options={[
            { value: 'open', label: t('rights.open-ones') },
            { value: 'all', label: t('rights.all') },
          ]}
          onChange={value => {
            setOffset(0)
            setState(value)
          }}
        />
      }
    >
      <Async query={requests} lines={6}>
        {({ rows, total }) => (
          <>
            <DataTable
              columns={columns}
              rows={rows}
              rowId={row => row.id}
              empty={<Blank title={t('rights.none')}>{t('rights.none-hint')}</Blank>}
            />
            <Pager offset={offset} limit={LIMIT} total={total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Panel>
  )
}
