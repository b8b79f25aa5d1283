import { DownloadOutlined, ReloadOutlined } from '@ant-design/icons'
import { Link, useParams } from 'react-router'
import type { PrintRunDetail } from '../../../../src/interact/print-runs/api.ts'
import { useGet } from '../../../api/queries.ts'
import { saveFile } from '../../../api/save-file.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Chip,
  type Column,
  DataTable,
  Figures,
  Meter,
  Page,
  Panel,
  Tooltip,
} from '../../../kit/index.ts'
import { Reports } from './reports.tsx'
import { runTone } from './run-tone.ts'
import { useChange } from './use-change.ts'

type MadeFile = PrintRunDetail['made'][number]

/** One run: its files for the printer, their control files, what came back from the hall. */
export default function PrintRunPage() {
  const { t, number } = useText()
  const may = useMay()
  const { id = '' } = useParams()
  const query = useGet<PrintRunDetail>(`/print-runs/${id}`, {
    every: data => (data?.state === 'printing' ? 1500 : 60_000),
  })
  const resume = useChange(() => undefined)
  const files = (run: PrintRunDetail): Column<MadeFile>[] => [
    {
      id: 'file',
      title: t('pr.file'),
      cell: row => (
        <Tooltip title={`${t('pr.hash')} ${row.sha256}`}>
          <span className="mono">{row.name}</span>
        </Tooltip>
      ),
    },
    { id: 'envelope', title: t('pr.envelope'), cell: row => <Chip tone="outline">{row.envelope}</Chip> },
    {
      id: 'numbers',
      title: t('pr.numbers'),
      right: true,
      cell: row => `${number(row.firstPiece)} – ${number(row.lastPiece)}`,
    },
    { id: 'documents', title: t('pr.documents'), right: true, cell: row => number(row.documents) },
    { id: 'sheets', title: t('pr.sheets'), right: true, cell: row => number(row.sheets) },
    { id: 'size', title: t('pr.size'), right: true, cell: row => `${number(Math.ceil(row.size / 1024))} KB` },
    {
      id: 'get',
      title: '',
      right: true,
      cell: row =>
        may('print.run') ? (
          <span className="row end tight">
            {(['pdf', 'control', ...(row.file === 1 && run.settings.proofs > 0 ? ['proof'] : [])] as const).map(
              part => (
                <Button
                  key={part}
                  size="small"
                  icon={<DownloadOutlined />}
                  onClick={() => void saveFile(`/print-runs/${id}/files/${row.file}/${part}`)}
                >
                  {t(part === 'pdf' ? 'pr.get' : part === 'control' ? 'pr.get-control' : 'pr.get-proof')}
                </Button>
              ),
            )}
          </span>
        ) : null,
    },
  ]
  return (
    <Page title={t('pr.one', { id })} crumb={<Link to="/print-runs">{t('pr.back')}</Link>}>
      <Async query={query}>
        {run => (
          <div className="stack">
            <Figures
              items={[
                {
                  id: 'state',
                  label: t('pr.state'),
                  value: <Chip tone={runTone[run.state]}>{t(`pr.state.${run.state}`)}</Chip>,
                  note: run.kind === 'reprint' ? t('pr.kind.reprint', { of: run.ofRun ?? '' }) : run.asOf,
                },
                { id: 'documents', label: t('pr.documents'), value: number(run.documents) },
                { id: 'pieces', label: t('pr.pieces'), value: number(run.pieces) },
                { id: 'sheets', label: t('pr.sheets'), value: number(run.sheets) },
                { id: 'files', label: t('pr.files'), value: `${number(run.filesDone)} / ${number(run.files)}` },
              ]}
            />
            {run.state === 'printed' ? null : (
              <div className="row">
                <Meter share={run.filesDone / Math.max(1, run.files)} label={t('pr.files')} />
                {run.state === 'failed' && may('print.run') ? (
                  <Button
                    icon={<ReloadOutlined />}
                    loading={resume.isPending}
                    onClick={() => resume.mutate({ method: 'POST', path: `/print-runs/${id}/resume`, body: {} })}
                  >
                    {t('pr.resume')}
                  </Button>
                ) : null}
              </div>
            )}
            <Panel title={t('pr.files')} flush>
              <DataTable rows={run.made} columns={files(run)} rowId={row => row.file} caption={t('pr.files')} />
            </Panel>
            <Reports run={run} />
          </div>
        )}
      </Async>
    </Page>
  )
}
