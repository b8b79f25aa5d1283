import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, type Column, DataTable, Page, Panel } from '../../../kit/index.ts'
import { CircleForm } from './circle-form.tsx'
import type { CircleList, CircleRow } from './types.ts'

/** Plan, do, check, act: the circles there are. */
export default function ImprovePage() {
  const { t, percent, day } = useText()
  const may = useMay()
  const go = useNavigate()
  const query = useGet<CircleList>('/team/circles')
  const [adding, setAdding] = useState(false)
  const columns: Column<CircleRow>[] = [
    {
      id: 'title',
      title: t('tl.circle'),
      by: row => row.body.title,
      cell: row => (
        <Link to={`/team/improve/${row.circleId}`} className="strong">
          {row.body.title}
        </Link>
      ),
    },
    { id: 'state', title: t('tl.state'), cell: row => <Chip tone="accent">{t(`tl.step.${row.state}`)}</Chip> },
    { id: 'measure', title: t('tl.measure'), cell: row => t(`tl.${row.body.plan.measure}`) },
    { id: 'target', title: t('tl.target'), right: true, cell: row => percent(row.body.plan.target) },
    { id: 'owner', title: t('tl.owner'), cell: row => row.body.plan.owner || '–' },
    {
      id: 'due',
      title: t('tl.due-day'),
      right: true,
      by: row => row.body.plan.due,
      cell: row => day(row.body.plan.due),
    },
  ]
  return (
    <Page
      title={t('tl.improve')}
      lead={t('tl.circles-lead')}
      crumb={<Link to="/team">{t('tl.title')}</Link>}
      actions={
        may('team.write') ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('tl.new-circle')}
          </Button>
        ) : null
      }
    >
      <Panel flush>
        <Async query={query} lines={6}>
          {({ rows }) => (
            <DataTable
              caption={t('tl.improve')}
              rows={rows}
              columns={columns}
              rowId={row => row.circleId}
              empty={<Blank title={t('tl.no-circles')}>{t('tl.no-circles-hint')}</Blank>}
            />
          )}
        </Async>
      </Panel>
      {adding ? <CircleForm onClose={id => (id ? go(`/team/improve/${id}`) : setAdding(false))} /> : null}
    </Page>
  )
}
