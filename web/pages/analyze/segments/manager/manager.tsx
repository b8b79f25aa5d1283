import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useGet } from '../../../../api/queries.ts'
import { saveFile } from '../../../../api/save-file.ts'
import type { Management } from '../../../../api/segments.ts'
import { useMay } from '../../../../api/session.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Async, Button, Figures, Panel } from '../../../../kit/index.ts'
import { Contacts } from './contacts.tsx'
import { Goods } from './goods.tsx'
import { MonthsChart } from './months-chart.tsx'
import { Movements } from './movements.tsx'
import { OwnerForm } from './owner-form.tsx'
import { Targets } from './targets.tsx'

/** What the person who answers for a segment works from. */
export function Manager({ id, nameOf }: { id: string; nameOf: (code: string) => string }) {
  const view = useGet<Management>(`/segments/${id}/management`)
  return (
    <Async query={view} lines={14}>
      {data => <Whole data={data} nameOf={nameOf} />}
    </Async>
  )
}

function Whole({ data, nameOf }: { data: Management; nameOf: (code: string) => string }) {
  const { t, number, money, percent } = useText()
  const may = useMay()
  const [editing, setEditing] = useState(false)
  const { code } = data.segment
  const save = useMutation({ mutationFn: (format: string) => saveFile(`/segments/${code}/export`, { format }) })
  return (
    <div className="stack">
      <Panel
        title={data.owner ? t('manager.owner', { name: data.owner.name }) : t('manager.nobody')}
        note={data.note || t('manager.as-of-note')}
        extra={
          <span className="row wrap-row tight no-print">
            {may('segments.write') ? <Button onClick={() => setEditing(true)}>{t('manager.edit')}</Button> : null}
            <Button onClick={() => window.print()}>{t('manager.print')}</Button>
            {(['csv', 'xlsx', 'pdf'] as const).map(format => (
              <Button
                key={format}
                loading={save.isPending && save.variables === format}
                onClick={() => save.mutate(format)}
              >
                {format.toUpperCase()}
              </Button>
            ))}
          </span>
        }
      >
        <Targets data={data} />
      </Panel>
      <Figures
        items={[
          { id: 'people', label: t('segments.customers'), value: number(data.customers) },
          { id: 'value', label: t('matrix.value'), value: money(data.valueMinor, data.currency) },
          {
            id: 'risk',
            label: t('matrix.at-risk'),
            value: money(data.atRiskMinor, data.currency),
            note: t('matrix.at-risk-note'),
          },
          { id: 'churn', label: t('segments.churn'), value: percent(data.churn, 0), note: t('segments.mean') },
          {
            id: 'contacts',
            label: t('manager.contacts-year'),
            value: number(data.result.contacts),
            note: t('manager.each', {
              count: number(data.customers > 0 ? data.result.contacts / data.customers : 0, 1),
            }),
          },
        ]}
      />
      <Panel title={t('manager.months')} note={t('manager.months-note')}>
        <MonthsChart data={data} />
      </Panel>
      <Panel flush title={t('manager.movement')} note={t('manager.movement-note')}>
        <Movements rows={data.movement} nameOf={nameOf} />
      </Panel>
      <Panel
        flush
        title={t('manager.contacts')}
        note={
          data.result.costUnknown > 0 ? t('manager.cost-unknown', { count: number(data.result.costUnknown) }) : null
        }
      >
        <Contacts data={data} />
      </Panel>
      <Goods data={data} nameOf={nameOf} />
      {editing ? <OwnerForm data={data} onClose={() => setEditing(false)} /> : null}
    </div>
  )
}
