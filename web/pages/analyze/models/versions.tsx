import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import type { ModelDetail, ModelVersion } from '../../../api/models.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Blank,
  Button,
  Chip,
  type Column,
  DataTable,
  Modal,
  Panel,
  type Tone,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { Help } from './help.tsx'

const tones: Record<ModelVersion['role'], Tone> = {
  champion: 'good',
  challenger: 'accent',
  retired: 'plain',
  rejected: 'warn',
}

/** What was trained, what is in use, and who decided it. */
export function Versions({ model }: { model: ModelDetail }) {
  const { t, say, term, day, instant, number, percent } = useText()
  const may = useMay()
  const [asked, setAsked] = useState<{ version: ModelVersion; action: 'approve' | 'reject' } | null>(null)
  const of = (row: ModelVersion, name: string) => row.metrics[name] ?? Number.NaN
  const figure = (value: number, write: (value: number) => string) => (Number.isNaN(value) ? '–' : write(value))
  const uplift = model.id === 'uplift'
  const columns: Column<ModelVersion>[] = [
    {
      id: 'id',
      title: t('model.version'),
      by: row => row.id,
      cell: row => (
        <span className="row">
          <span className="mono">{row.id}</span>
          <Chip tone={tones[row.role]} title={say(row.why)}>
            {term('model-role', row.role)}
          </Chip>
        </span>
      ),
    },
    { id: 'learner', title: t('model.learner'), cell: row => term('learner', row.learner) },
    {
      id: 'as-of',
      title: t('model.known-until'),
      by: row => row.knownUntil,
      cell: row => <span title={t('model.inputs-before', { day: day(row.asOf) })}>{day(row.knownUntil)}</span>,
    },
    { id: 'rows', title: t('model.rows'), right: true, cell: row => number(row.trainedOn) },
    ...(uplift
      ? [
          {
            id: 'qini',
            title: 'Qini',
            right: true,
            cell: (row: ModelVersion) =>
              `${figure(of(row, 'qini'), v => number(v, 4))} (${number(of(row, 'qiniLow'), 4)} … ${number(of(row, 'qiniHigh'), 4)})`,
          },
          {
            id: 'top',
            title: t('model.top-uplift'),
            right: true,
            cell: (row: ModelVersion) => figure(of(row, 'topUplift'), v => percent(v)),
          },
        ]
      : [
          {
            id: 'auc',
            title: 'AUC',
            right: true,
            by: (row: ModelVersion) => of(row, 'auc'),
            cell: (row: ModelVersion) =>
              `${figure(of(row, 'auc'), v => number(v, 3))} ± ${figure(of(row, 'aucError'), v => number(v, 3))}`,
          },
          {
            id: 'loss',
            title: t('model.log-loss'),
            right: true,
            by: (row: ModelVersion) => of(row, 'logLoss'),
            cell: (row: ModelVersion) => figure(of(row, 'logLoss'), v => number(v, 4)),
          },
          {
            id: 'ece',
            title: t('model.calibration-error'),
            right: true,
            cell: (row: ModelVersion) => figure(of(row, 'calibrationError'), v => percent(v)),
          },
        ]),
    {
      id: 'decided',
      title: t('model.decided'),
      cell: row => (
        <span className="small soft" title={instant(row.decidedAt)}>
          {row.byRule ? t('model.by-rule') : row.decidedBy}
        </span>
      ),
    },
    {
      id: 'actions',
      title: '',
      cell: row =>
        may('models.manage') && row.role !== 'champion' ? (
          <span className="row no-print">
            <Button size="small" disabled={!row.usable} onClick={() => setAsked({ version: row, action: 'approve' })}>
              {t('model.approve')}
            </Button>
            {row.role === 'challenger' ? (
              <Button size="small" type="text" onClick={() => setAsked({ version: row, action: 'reject' })}>
                {t('model.reject')}
              </Button>
            ) : null}
          </span>
        ) : null,
    },
  ]
  return (
    <Panel flush title={t('model.versions')} note={t('model.versions-note')}>
      <DataTable
        columns={columns}
        rows={model.versions}
        rowId={row => row.id}
        empty={<Blank title={t('model.no-versions')}>{t('model.no-versions-hint')}</Blank>}
      />
      <div className="panel-body">
        {model.versions[0] ? <p className="soft">{say(model.versions[0].why)}</p> : null}
        <Help id={uplift ? 'uplift' : 'versions'} />
      </div>
      {asked ? <Decide model={model} asked={asked} onClose={() => setAsked(null)} /> : null}
    </Panel>
  )
}

interface DecideProps {
  model: ModelDetail
  asked: { version: ModelVersion; action: 'approve' | 'reject' }
  onClose: () => void
}

function Decide({ model, asked: { version, action }, onClose }: DecideProps) {
  const { t, term } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const decide = useMutation({
    mutationFn: () => send('POST', `/models/${model.id}/versions/${version.id}/${action}`, {}),
    onSuccess: () => {
      toast.done(t(action === 'approve' ? 'model.approved' : 'model.rejected'))
      onClose()
    },
    onError: error => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ queryKey: [`/models/${model.id}`] }),
  })
  const values = { version: version.id, learner: term('learner', version.learner) }
  return (
    <Modal
      open
      title={t(action === 'approve' ? 'model.approve-title' : 'model.reject-title', values)}
      okText={t(action === 'approve' ? 'model.approve' : 'model.reject')}
      confirmLoading={decide.isPending}
      onOk={() => decide.mutate()}
      onCancel={onClose}
    >
      <p>{t(action === 'approve' ? 'model.approve-text' : 'model.reject-text', values)}</p>
    </Modal>
  )
}
