import type { NeedView } from '../../../api/products.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Chip, type Column, DataTable, Panel } from '../../../kit/index.ts'

type Version = NeedView['versions'][number]

/** What held when, who released it and whom it would have reached that day; any version can be taken up again. */
export function Versions({ view, onTake }: { view: NeedView; onTake: ((version: Version) => void) | null }) {
  const { t, say, term, instant, number, day } = useText()
  const columns: Column<Version>[] = [
    {
      id: 'version',
      title: t('rule.version'),
      cell: row => (
        <span className="row tight">
          <span className="strong">{row.version}</span>
          <Chip tone={row.state === 'released' ? 'good' : row.state === 'draft' ? 'warn' : 'plain'}>
            {term('need-version', row.state)}
          </Chip>
        </span>
      ),
    },
    { id: 'words', title: t('needs.who'), cell: row => <span className="soft rule">{say(row.words)}</span> },
    {
      id: 'holds',
      title: t('needs.holds'),
      cell: row => (
        <span className="small">
          {row.body.validFrom ? day(row.body.validFrom) : t('needs.always')}
          {' – '}
          {row.body.validTo ? day(row.body.validTo) : t('needs.open')}
        </span>
      ),
    },
    {
      id: 'trial',
      title: t('needs.trial'),
      right: true,
      cell: row => (row.trial ? number(row.trial.reached) : <span className="muted">–</span>),
    },
    {
      id: 'at',
      title: t('rule.at'),
      cell: row => (
        <span className="small">
          {instant(row.at)} {row.by ?? ''}
        </span>
      ),
    },
    {
      id: 'take',
      title: '',
      right: true,
      cell: row =>
        onTake && row.state !== 'draft' ? (
          <Button className="no-print" size="small" onClick={() => onTake(row)}>
            {t('needs.take-up')}
          </Button>
        ) : null,
    },
  ]
  return (
    <Panel flush title={t('needs.versions')}>
      <DataTable columns={columns} rows={view.versions} rowId={row => row.version} />
    </Panel>
  )
}
