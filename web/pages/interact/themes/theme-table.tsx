import { BellFilled, BellOutlined } from '@ant-design/icons'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Button, Chip, type Column, DataTable, useToast } from '../../../kit/index.ts'
import { SmallCourse } from './course.tsx'
import type { ThemeRow, Themes } from './types.ts'

interface ThemeTableProps {
  themes: Themes
  /** Rows of several dimensions say which. */
  mixed: boolean
  onOpen: (row: ThemeRow) => void
}

export function ThemeTable({ themes, mixed, onOpen }: ThemeTableProps) {
  const { t, say, number } = useText()
  const rate = (one: ThemeRow['now']['rate']) =>
    one === null ? (
      <span className="muted">–</span>
    ) : (
      <>
        {number(one.rate, 1)}{' '}
        <span className="muted nowrap">({t('thm.range', { low: number(one.low, 1), high: number(one.high, 1) })})</span>
      </>
    )
  const columns: Column<ThemeRow>[] = [
    {
      id: 'theme',
      title: t('thm.theme'),
      by: row => say(row.name),
      cell: row => (
        <>
          <button type="button" className="link-button strong" onClick={() => onOpen(row)}>
            {say(row.name)}
          </button>
          {mixed ? <div className="small muted">{t(`thm.view.${row.dimension}`)}</div> : null}
        </>
      ),
    },
    { id: 'course', title: t('thm.course'), cell: row => <SmallCourse row={row} name={say(row.name)} /> },
    {
      id: 'now',
      title: t('thm.now'),
      right: true,
      by: row => row.now.customers,
      cell: row => number(row.now.customers),
    },
    {
      id: 'before',
      title: t('thm.before'),
      right: true,
      by: row => row.before.customers,
      cell: row => number(row.before.customers),
    },
    {
      id: 'rate',
      title: t(`thm.rate.${themes.basis}`),
      right: true,
      by: row => row.now.rate?.rate ?? -1,
      cell: row => rate(row.now.rate),
    },
    {
      id: 'times',
      title: t('thm.times'),
      right: true,
      by: row => row.ratio?.rate ?? -1,
      cell: row => rate(row.ratio),
    },
    {
      id: 'change',
      title: t('thm.change'),
      by: row => row.q ?? 2,
      cell: row => (
        <span title={row.q === null ? '' : t('thm.q', { q: number(row.q, 4) })}>
          {row.verdict === 'same' ? (
            <span className="muted">{t('thm.same')}</span>
          ) : (
            <Chip tone={row.verdict === 'rising' ? 'bad' : 'good'}>{t(`thm.${wordOf(row)}`)}</Chip>
          )}
        </span>
      ),
    },
    { id: 'watch', title: '', cell: row => <WatchButton row={row} /> },
  ]
  return (
    <DataTable
      caption={t('thm.title')}
      rows={themes.rows}
      columns={columns}
      rowId={row => `${row.dimension} ${row.key}`}
      empty={
        mixed ? (
          <Blank title={t('thm.none')}>{t('thm.none-hint')}</Blank>
        ) : (
          <Blank title={t('thm.nothing')}>{t('thm.nothing-hint')}</Blank>
        )
      }
    />
  )
}

/** What nobody said before has no ratio. */
function wordOf({ verdict, now, before }: ThemeRow): 'rising' | 'falling' | 'new' | 'gone' {
  if (verdict === 'rising') return before.customers === 0 ? 'new' : 'rising'
  return now.customers === 0 ? 'gone' : 'falling'
}

function WatchButton({ row }: { row: ThemeRow }) {
  const { t } = useText()
  const toast = useToast()
  const change = useChangeOf<unknown>(['/themes'], () => toast.done(t(row.watched ? 'thm.unwatched' : 'thm.watching')))
  const { dimension, key, name, watched } = row
  return (
    <Button
      size="small"
      type="text"
      icon={watched ? <BellFilled /> : <BellOutlined />}
      aria-label={t(watched ? 'thm.unwatch' : 'thm.watch')}
      title={`${t(watched ? 'thm.unwatch' : 'thm.watch')} · ${t('thm.watch-hint')}`}
      loading={change.isPending}
      onClick={() =>
        change.mutate({ method: 'PUT', path: '/themes/watches', body: { dimension, key, name, watch: !watched } })
      }
    />
  )
}
