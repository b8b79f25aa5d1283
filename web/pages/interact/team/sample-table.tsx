import type { ReactNode } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Chip, type Column, DataTable } from '../../../kit/index.ts'
import type { SampleList, SampleRow } from './types.ts'

interface SampleTableProps {
  rows: SampleRow[]
  criteria: SampleList['criteria']
  onOpen?: (sampleId: number) => void
  empty: ReactNode
}

export function SampleTable({ rows, criteria, onOpen, empty }: SampleTableProps) {
  const { t, say, number, instant, seconds, term } = useText()
  const score = (row: SampleRow): number => {
    const all = Object.values(row.scores ?? {})
    return all.length === 0 ? 0 : all.reduce((sum, value) => sum + value, 0) / all.length
  }
  const inWords = (row: SampleRow): string =>
    Object.entries(row.scores ?? {})
      .map(([id, value]) => `${say(criteria.find(one => one.id === id)?.name ?? { en: id, zh: id })} ${value}`)
      .join(' · ')
  const columns: Column<SampleRow>[] = [
    {
      id: 'agent',
      title: t('tl.agent'),
      by: row => row.agent,
      cell: row => <span className="strong">{row.agent}</span>,
    },
    { id: 'list', title: t('tl.list'), cell: row => say(row.list) },
    { id: 'outcome', title: t('tl.outcome'), cell: row => term('outcome', row.outcome) },
    { id: 'at', title: t('tl.ended'), by: row => row.at, cell: row => `${instant(row.at)} · ${seconds(row.seconds)}` },
    {
      id: 'score',
      title: t('tl.score'),
      by: score,
      cell: row =>
        row.scores === null ? (
          <Chip tone="warn">{t('tl.not-scored')}</Chip>
        ) : (
          <>
            <span className="strong">{number(score(row), 1)}</span> <span className="muted">{inWords(row)}</span>
          </>
        ),
    },
    { id: 'remark', title: t('tl.remark'), cell: row => row.remark || '–' },
  ]
  return (
    <DataTable
      caption={t('tl.samples')}
      rows={rows}
      columns={columns}
      rowId={row => row.sampleId}
      {...(onOpen ? { onOpen: (row: SampleRow) => onOpen(row.sampleId) } : {})}
      empty={empty}
    />
  )
}
