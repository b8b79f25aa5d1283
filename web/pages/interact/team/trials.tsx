import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, type Column, DataTable, Panel } from '../../../kit/index.ts'
import { CloseTrial } from './close-trial.tsx'
import { NewTrial } from './new-trial.tsx'
import { ShareCell } from './share-cell.tsx'
import type { TrialList, TrialMeasure, TrialRow } from './types.ts'

/** Two versions of a script on one list, task by task at random. */
export function TrialsTab() {
  const { t } = useText()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const query = useGet<TrialList>('/team/trials', { every: () => 15_000 })
  return (
    <Async query={query} lines={8}>
      {list => (
        <div className="stack">
          {may('team.write') ? (
            <div className="toolbar">
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                {t('tl.new-trial')}
              </Button>
            </div>
          ) : null}
          {list.rows.length === 0 ? <Blank title={t('tl.no-trials')}>{t('tl.no-trials-hint')}</Blank> : null}
          {list.rows.map(row => (
            <Trial key={row.trialId} row={row} />
          ))}
          {adding ? <NewTrial list={list} onClose={() => setAdding(false)} /> : null}
        </div>
      )}
    </Async>
  )
}

const ENDINGS = ['evidence', 'calls', 'day'] as const
/** By itself. */
const isEnding = (ended: string): ended is (typeof ENDINGS)[number] => (ENDINGS as readonly string[]).includes(ended)

function Trial({ row }: { row: TrialRow }) {
  const { t, say, number, percent } = useText()
  const may = useMay()
  const [closing, setClosing] = useState(false)
  const columns: Column<TrialMeasure>[] = [
    {
      id: 'measure',
      title: t('tl.measure'),
      cell: one => (
        <>
          <span className="strong">{t(`tl.${one.measure}`)}</span>{' '}
          {one.measure === row.measure ? <Chip tone="outline">{t('tl.decides')}</Chip> : null}
        </>
      ),
    },
    { id: 'a', title: `A (${number(row.tasks.a)})`, right: true, cell: one => <ShareCell share={one.a} /> },
    { id: 'b', title: `B (${number(row.tasks.b)})`, right: true, cell: one => <ShareCell share={one.b} /> },
    {
      id: 'lift',
      title: t('tl.lift'),
      right: true,
      cell: ({ lift }) =>
        lift === null ? (
          '–'
        ) : (
          <>
            {percent(lift.difference)}{' '}
            <span className="muted nowrap">
              ({t('tl.range', { low: percent(lift.low), high: percent(lift.high) })})
            </span>
          </>
        ),
    },
    {
      id: 'p',
      title: t('tl.p'),
      right: true,
      cell: ({ p }) => (p <= 0.05 ? <Chip tone="good">{number(p, 4)}</Chip> : number(p, 3)),
    },
  ]
  const kept = row.kept === 'a' || row.kept === 'b' ? t(`tl.kept.${row.kept}`) : t('tl.kept.neither')
  return (
    <Panel
      title={
        <>
          {row.name} <Chip tone={row.state === 'live' ? 'accent' : 'plain'}>{t(`tl.trial-state.${row.state}`)}</Chip>{' '}
          {isEnding(row.ended) ? <Chip tone={row.decided ? 'plain' : 'warn'}>{t(`tl.ended.${row.ended}`)}</Chip> : null}
        </>
      }
      note={`${t('tl.trial-note', { list: say(row.listName), template: row.template, a: row.versionA, b: row.versionB, share: percent(row.share, 0) })} · ${t('tl.progress', { calls: number(row.calls.a + row.calls.b), planned: number(row.planned) })}`}
      extra={
        !row.decided && may('team.write') ? (
          <Button type={row.state === 'live' ? 'default' : 'primary'} onClick={() => setClosing(true)}>
            {t(row.state === 'live' ? 'tl.close-trial' : 'tl.decide-trial')}
          </Button>
        ) : null
      }
      flush
    >
      <DataTable caption={row.name} rows={row.measures} columns={columns} rowId={one => one.measure} />
      <div className="table-foot">
        <span className="muted">
          {t('tl.p-note')} {row.decided ? t('tl.kept-was', { kept, remark: row.remark }) : ''}
          {row.draft === null ? null : (
            <Link to={`/templates/${row.template}?draft=${row.draft}`}>{t('tl.trial-draft')}</Link>
          )}
        </span>
      </div>
      {closing ? <CloseTrial row={row} onClose={() => setClosing(false)} /> : null}
    </Panel>
  )
}
