import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { QuarantineGroup, QuarantineGroups } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, type Column, DataTable } from '../../../kit/index.ts'
import { Discard } from './discard.tsx'
import { groupFilter } from './group-filter.ts'
import { MendAlike } from './mend-alike.tsx'
import type { QuarantineFilter } from './quarantine.tsx'

/** Open rows that are alike: mended or given up together. */
export function QuarantineGroupTable({ filter }: { filter: QuarantineFilter }) {
  const { t, term, say, number } = useText()
  const may = useMay()
  const [mending, setMending] = useState<QuarantineGroup | null>(null)
  const [discarding, setDiscarding] = useState<QuarantineGroup | null>(null)
  const groups = useGet<QuarantineGroups>('/quarantine/groups', { query: { ...filter }, keep: true })
  const columns: Column<QuarantineGroup>[] = [
    { id: 'why', title: t('quarantine.why'), cell: row => say(row.message) },
    {
      id: 'source',
      title: t('src.name'),
      cell: row => <span className="soft">{term('source', row.source)}</span>,
      by: row => row.source,
    },
    { id: 'column', title: t('quarantine.column'), cell: row => <span className="mono">{row.column || '–'}</span> },
    { id: 'shape', title: t('mend.shape'), cell: row => <span className="mono">{row.shape || '–'}</span> },
    { id: 'count', title: t('mend.count'), right: true, cell: row => number(row.count), by: row => row.count },
    {
      id: 'do',
      title: '',
      right: true,
      cell: row =>
        may('collect.import') ? (
          <span className="row end tight">
            <Button
              size="small"
              onClick={event => {
                event.stopPropagation()
                setMending(row)
              }}
            >
              {t('mend.mend')}
            </Button>
            <Button
              size="small"
              type="text"
              onClick={event => {
                event.stopPropagation()
                setDiscarding(row)
              }}
            >
              {t('mend.discard')}
            </Button>
          </span>
        ) : null,
    },
  ]
  const filtered = Object.keys(filter).length > 0
  return (
    <>
      <Async query={groups} lines={6}>
        {({ rows }) => (
          <DataTable
            columns={columns}
            rows={rows}
            rowId={row => `${row.source} ${row.rule} ${row.column} ${row.shape}`}
            {...(may('collect.import') ? { onOpen: setMending } : {})}
            empty={
              filtered ? (
                <Blank title={t('mend.none-filtered')} />
              ) : (
                <Blank title={t('mend.none')}>{t('mend.none-hint')}</Blank>
              )
            }
          />
        )}
      </Async>
      {mending ? <MendAlike group={mending} filter={filter} onClose={() => setMending(null)} /> : null}
      {discarding ? (
        <Discard
          count={discarding.count}
          what={{ filter: { ...filter, ...groupFilter(discarding) } }}
          onClose={() => setDiscarding(null)}
        />
      ) : null}
    </>
  )
}
