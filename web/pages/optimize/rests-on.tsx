import { Link } from 'react-router'
import { useGet } from '../../api/queries.ts'
import type { PlanRestsOn } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Callout, Chip, type Column, DataTable, Panel, toneOf } from '../../kit/index.ts'

/** Models that failed: the values of a plan that rests on them are in doubt. */
const failed = new Set(['stop', 'retrain'])

/** The models behind the plan's values and rules, each with the verdict it stands under. */
export function RestsOn() {
  const { t, say, term, number } = useText()
  const found = useGet<PlanRestsOn>('/plan/rests-on')
  const rows = found.data?.rows ?? []
  const taught = found.data?.calibration
  if (rows.length === 0 && !taught) return null
  const columns: Column<(typeof rows)[number]>[] = [
    { id: 'name', title: t('models.title'), cell: row => <Link to="/models">{say(row.name)}</Link> },
    {
      id: 'verdict',
      title: t('plan.verdict'),
      cell: row => <Chip tone={toneOf(row.verdict)}>{term('verdict', row.verdict)}</Chip>,
    },
    {
      id: 'uses',
      title: t('plan.used-for'),
      cell: row => (
        <>
          {row.uses.map(say).join(' · ')}
          <p className="small muted">{say(row.evidence)}</p>
        </>
      ),
    },
  ]
  return (
    <>
      {rows.some(row => failed.has(row.verdict)) ? <Callout tone="warn">{t('plan.model-failed')}</Callout> : null}
      {taught ? (
        <Callout title={t('learned.plan-taught')}>
          {t('learned.plan-taught-note', {
            turns: taught.turns.length,
            contacts: number(taught.contacts),
            expected: number(taught.expected),
            taken: number(taught.taken),
            cells: number(taught.cells),
            least: number(taught.least, 2),
            most: number(taught.most, 2),
          })}{' '}
          <Link to="/learning?tab=calibration">{t('learned.title')}</Link>
        </Callout>
      ) : null}
      <Panel title={t('plan.rests-on')} note={t('plan.rests-note')} flush>
        <DataTable columns={columns} rows={rows} rowId={row => row.feature} />
      </Panel>
    </>
  )
}
