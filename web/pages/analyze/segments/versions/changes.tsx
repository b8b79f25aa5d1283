import type { Change, VersionDetail } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Blank, Chip, type Column, DataTable, type Tone } from '../../../../kit/index.ts'

const tones: Partial<Record<Change['kind'], Tone>> = { added: 'good', removed: 'bad', rule: 'accent' }

/** What the version changes, in words. */
export function Changes({ detail }: { detail: VersionDetail }) {
  const { t, say } = useText()
  const columns: Column<Change>[] = [
    {
      id: 'segment',
      title: t('segments.segment'),
      cell: row => <span className="strong">{say(row.name) || t('seg.all')}</span>,
    },
    {
      id: 'kind',
      title: t('seg.what'),
      cell: row => <Chip tone={tones[row.kind] ?? 'plain'}>{t(`seg-change.${row.kind}`)}</Chip>,
    },
    {
      id: 'before',
      title: t('seg.before'),
      cell: row => <span className="wrap soft">{row.before ? say(row.before) : '–'}</span>,
    },
    {
      id: 'after',
      title: t('seg.after'),
      cell: row => <span className="wrap">{row.after ? say(row.after) : '–'}</span>,
    },
  ]
  if (detail.against === null) return <Blank title={t('seg.nothing-to-compare')} />
  return (
    <DataTable
      columns={columns}
      rows={detail.changes}
      rowId={row => `${row.segment} ${row.kind}`}
      empty={<Blank title={t('seg.no-changes', { version: detail.against })} />}
    />
  )
}
