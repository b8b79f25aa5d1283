import { useMutation } from '@tanstack/react-query'
import { send } from '../../../../api/client.ts'
import type { VersionList } from '../../../../api/segments.ts'
import { useMay } from '../../../../api/session.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Button, type Column, DataTable, Panel, useProblem, useToast } from '../../../../kit/index.ts'

type Row = VersionList['refreshes'][number]

/** Segments follow rows that arrive and rules that change, without waiting for the next turn. */
export function RefreshPanel({ list }: { list: VersionList }) {
  const { t, instant, day, number, seconds } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const refresh = useMutation({
    mutationFn: () => send('POST', '/segments/refresh'),
    onSuccess: () => toast.done(t('seg.refresh-asked')),
    onError: error => toast.failed(problem(error)),
  })
  const columns: Column<Row>[] = [
    { id: 'at', title: t('seg.refresh-at'), cell: row => instant(row.at) },
    { id: 'why', title: t('seg.refresh-why'), cell: row => t(`seg-refresh.${row.reason}`) },
    { id: 'as-of', title: t('seg.refresh-as-of'), cell: row => day(row.asOf) },
    { id: 'moved', title: t('seg.refresh-moved'), right: true, cell: row => number(row.moved) },
    { id: 'seconds', title: t('seg.refresh-took'), right: true, cell: row => seconds(row.seconds) },
  ]
  return (
    <Panel
      flush
      title={t('seg.refreshes')}
      note={t('seg.refreshes-note')}
      extra={
        may('segments.write') ? (
          <Button size="small" className="no-print" loading={refresh.isPending} onClick={() => refresh.mutate()}>
            {t('seg.refresh-now')}
          </Button>
        ) : null
      }
    >
      <DataTable
        columns={columns}
        rows={list.refreshes}
        rowId={row => row.at}
        empty={<p className="muted pad">{t('seg.no-refreshes')}</p>}
      />
    </Panel>
  )
}
