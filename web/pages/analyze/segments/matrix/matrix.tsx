import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../../api/queries.ts'
import { saveFile } from '../../../../api/save-file.ts'
import type { MatrixCell, MatrixView } from '../../../../api/segments.ts'
import { useMay } from '../../../../api/session.ts'
import { useCurrency } from '../../../../api/use-currency.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Async, Blank, Button, Figures, Page, Panel, useUrlState } from '../../../../kit/index.ts'
import { CellEditor } from './cell-editor.tsx'
import { CellPeople } from './cell-people.tsx'
import { LimitsEditor } from './limits-editor.tsx'
import { MatrixGrid } from './matrix-grid.tsx'

/** Value against the risk of leaving: what to do for whom. */
export default function MatrixPage() {
  const { t, day } = useText()
  const may = useMay()
  const view = useGet<MatrixView>('/segments/matrix')
  const [limits, setLimits] = useState(false)
  const save = useMutation({ mutationFn: () => saveFile('/segments/matrix/export', { format: 'csv' }) })
  return (
    <Page
      title={t('matrix.title')}
      lead={view.data ? t('matrix.lead', { day: day(view.data.asOf) }) : t('matrix.lead-plain')}
      crumb={<Link to="/segments">{t('segments.title')}</Link>}
      actions={
        <>
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            {t('seg.export-csv')}
          </Button>
          {may('segments.write') ? <Button onClick={() => setLimits(true)}>{t('matrix.limits')}</Button> : null}
        </>
      }
    >
      <Async query={view} lines={12}>
        {data => (
          <>
            {data.customers === 0 ? <Blank title={t('matrix.nobody')} /> : <Whole data={data} />}
            {limits ? <LimitsEditor data={data} onClose={() => setLimits(false)} /> : null}
          </>
        )}
      </Async>
    </Page>
  )
}

function Whole({ data }: { data: MatrixView }) {
  const { t, say, number, money } = useText()
  const currency = useCurrency()
  const may = useMay()
  const [open, setOpen] = useUrlState('cell')
  const [editing, setEditing] = useState<MatrixCell | null>(null)
  const chosen = data.cells.find(cell => `${cell.value}-${cell.churn}` === open)
  const risk = data.cells.reduce((sum, cell) => sum + cell.atRiskMinor, 0)
  return (
    <div className="stack">
      <Figures
        items={[
          { id: 'customers', label: t('matrix.customers'), value: number(data.customers) },
          {
            id: 'value',
            label: t('matrix.value'),
            value: money(
              data.cells.reduce((sum, cell) => sum + cell.valueMinor, 0),
              currency,
            ),
          },
          { id: 'risk', label: t('matrix.at-risk'), value: money(risk, currency), note: t('matrix.at-risk-note') },
        ]}
      />
      <Panel flush title={t('matrix.cells')} note={t('matrix.cells-note')}>
        <MatrixGrid data={data} chosen={open} onOpen={cell => setOpen(`${cell.value}-${cell.churn}`)} />
      </Panel>
      {chosen ? (
        <>
          <Panel
            title={say(chosen.name)}
            note={say(chosen.strategy)}
            extra={
              may('segments.write') ? (
                <Button size="small" className="no-print" onClick={() => setEditing(chosen)}>
                  {t('matrix.edit')}
                </Button>
              ) : null
            }
          >
            <p>
              {t('matrix.do', {
                channel: t(`matrix-channel.${chosen.channel}`),
                offer: say(chosen.offer) || t('matrix.no-offer'),
              })}
            </p>
          </Panel>
          <CellPeople key={open} cell={chosen} currency={currency} />
        </>
      ) : null}
      {editing ? <CellEditor data={data} cell={editing} onClose={() => setEditing(null)} /> : null}
    </div>
  )
}
