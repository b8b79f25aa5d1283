import { useState } from 'react'
import type { ArchiveRule } from '../../../api/ledger.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Chip, type Column, DataTable, Panel } from '../../../kit/index.ts'
import { RuleDialog } from './rule-dialog.tsx'

export function RuleList({ rules }: { rules: readonly ArchiveRule[] }) {
  const { t, term, number, bytes } = useText()
  const may = useMay()
  const [changing, setChanging] = useState<ArchiveRule | null>(null)
  const columns: Column<ArchiveRule>[] = [
    {
      id: 'kind',
      title: t('archive.kind'),
      cell: row => <span className="strong">{term('comm-kind', row.kind)}</span>,
    },
    { id: 'class', title: t('ledger.class'), cell: row => term('class', row.class) },
    {
      id: 'keep',
      title: t('archive.keep'),
      cell: row => (
        <Chip tone={row.keepBytes ? 'good' : 'plain'}>{row.keepBytes ? t('archive.yes') : t('archive.no')}</Chip>
      ),
    },
    {
      id: 'years',
      title: t('archive.years'),
      right: true,
      cell: row => (row.years === null ? <span className="soft">{t('archive.forever')}</span> : number(row.years)),
    },
    {
      id: 'count',
      title: t('archive.count'),
      right: true,
      cell: row => number(row.communications),
      by: row => row.communications,
    },
    {
      id: 'kept',
      title: t('archive.kept'),
      right: true,
      cell: row => (row.kept > 0 ? `${number(row.kept)} · ${bytes(row.keptBytes)}` : '–'),
    },
    {
      id: 'change',
      title: <span className="sr-only">{t('archive.change')}</span>,
      cell: row => (
        <span className="row tight end">
          {row.set ? null : <span className="small muted">{t('archive.default')}</span>}
          {may('archive.manage') ? (
            <Button size="small" onClick={() => setChanging(row)}>
              {t('archive.change')}
            </Button>
          ) : null}
        </span>
      ),
    },
  ]
  return (
    <Panel title={t('archive.rules')} note={t('archive.rules-note')} flush>
      <DataTable columns={columns} rows={rules} rowId={row => row.kind} caption={t('archive.rules')} />
      {changing ? <RuleDialog rule={changing} onClose={() => setChanging(null)} /> : null}
    </Panel>
  )
}
