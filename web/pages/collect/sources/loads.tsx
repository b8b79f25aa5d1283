import type { Load } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, type Column, DataTable, Panel } from '../../../kit/index.ts'
import { LoadState } from './load-state.tsx'

/** What was brought in from a source, newest first. */
export function Loads({ loads }: { loads: readonly Load[] }) {
  const { t, instant, seconds } = useText()
  const columns: Column<Load>[] = [
    { id: 'at', title: t('inbox.at'), cell: row => instant(row.startedAt) },
    { id: 'trigger', title: t('src.schedule'), cell: row => t(row.trigger === 'hand' ? 'load.hand' : 'load.schedule') },
    { id: 'state', title: t('mend.state'), cell: row => <LoadState load={row} /> },
    {
      id: 'seconds',
      title: '',
      right: true,
      cell: row => (row.result ? <span className="soft">{seconds(row.result.seconds)}</span> : ''),
    },
  ]
  return (
    <Panel title={t('load.title')} flush>
      <DataTable columns={columns} rows={loads} rowId={row => row.id} empty={<Blank title={t('load.none')} />} />
    </Panel>
  )
}
