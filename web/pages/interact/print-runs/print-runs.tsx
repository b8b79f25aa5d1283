import { PrinterOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Link } from 'react-router'
import type { PrintRunList, PrintRunView } from '../../../../src/interact/print-runs/api.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, type Column, DataTable, Figures, Page, Panel } from '../../../kit/index.ts'
import { MakeRun } from './make-run.tsx'
import { runTone } from './run-tone.ts'

/** Every print run, and what waits to be printed. */
export default function PrintRunsPage() {
  const { t, number, instant } = useText()
  const may = useMay()
  const list = useGet<PrintRunList>('/print-runs', {
    every: data => (data?.rows.some(row => row.state === 'printing') ? 1500 : 30_000),
  })
  const [making, setMaking] = useState(false)
  const columns: Column<PrintRunView>[] = [
    {
      id: 'run',
      title: t('pr.run'),
      by: row => row.id,
      cell: row => (
        <Link to={`/print-runs/${row.id}`} className="strong">
          {row.id}
          {row.kind === 'reprint' ? (
            <span className="soft"> · {t('pr.kind.reprint', { of: row.ofRun ?? '' })}</span>
          ) : null}
        </Link>
      ),
    },
    {
      id: 'state',
      title: t('pr.state'),
      cell: row => (
        <Chip tone={runTone[row.state]}>
          {t(`pr.state.${row.state}`)}
          {row.state === 'printed' ? '' : ` ${row.filesDone}/${row.files}`}
        </Chip>
      ),
    },
    {
      id: 'documents',
      title: t('pr.documents'),
      right: true,
      by: row => row.documents,
      cell: row => number(row.documents),
    },
    { id: 'pieces', title: t('pr.pieces'), right: true, by: row => row.pieces, cell: row => number(row.pieces) },
    { id: 'sheets', title: t('pr.sheets'), right: true, by: row => row.sheets, cell: row => number(row.sheets) },
    { id: 'made', title: t('pr.made'), right: true, by: row => row.createdAt, cell: row => instant(row.createdAt) },
  ]
  return (
    <Page
      title={t('pr.title')}
      lead={t('pr.lead')}
      actions={
        may('print.run') ? (
          <Button
            type="primary"
            icon={<PrinterOutlined />}
            disabled={!list.data?.waiting}
            onClick={() => setMaking(true)}
          >
            {t('pr.make')}
          </Button>
        ) : null
      }
    >
      <Async query={list}>
        {data => (
          <div className="stack">
            <Figures
              items={[
                {
                  id: 'waiting',
                  label: t('pr.waiting'),
                  value: number(data.waiting),
                  note: t('pr.waiting-note'),
                  tone: data.waiting > 0 ? 'warn' : undefined,
                },
              ]}
            />
            <Panel title={t('pr.title')} flush>
              {data.rows.length === 0 ? (
                <Blank title={t('pr.none')}>{t('pr.none-hint')}</Blank>
              ) : (
                <DataTable rows={data.rows} columns={columns} rowId={row => String(row.id)} caption={t('pr.title')} />
              )}
            </Panel>
            {making ? <MakeRun list={data} onClose={() => setMaking(false)} /> : null}
          </div>
        )}
      </Async>
    </Page>
  )
}
