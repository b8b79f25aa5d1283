import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  type Column,
  DataTable,
  ListFilter,
  Pager,
  Panel,
  useListFilter,
  useNarrow,
  useUrlState,
} from '../../../kit/index.ts'
import { outcomesFor } from '../desk/task-draft.ts'
import { TakeBack } from './take-back.tsx'
import type { OutcomeList, OutcomeRow, Root } from './types.ts'

const LIMIT = 50
const STATES = ['all', 'stands', 'taken-back'] as const
const ON_PHONE: ReadonlySet<string> = new Set(['name', 'agent', 'outcome', 'at', 'back'])

/** Saved outcomes, the newest first, each with the way back. */
export function EndedCalls({ root, note }: { root: Root; note: string }) {
  const { t, say, term, instant, seconds } = useText()
  const narrow = useNarrow()
  const filter = useListFilter({ state: 'all', outcome: '', agent: '' }, LIMIT)
  const [back, setBack] = useUrlState('back')
  const list = useGet<OutcomeList>(`${root}/outcomes`, { query: filter.query, keep: true })
  const row = list.data?.rows.find(({ outcomeId }) => outcomeId === back)
  const columns: Column<OutcomeRow>[] = [
    {
      id: 'name',
      title: t('customers.name'),
      cell: ({ customerName }) => <span className="strong">{customerName || t('tb.nobody')}</span>,
    },
    ...(root === '/team'
      ? [{ id: 'agent', title: t('tb.agent'), cell: ({ agent }: OutcomeRow) => agent } satisfies Column<OutcomeRow>]
      : []),
    { id: 'about', title: t('tasks.about'), cell: ({ about }) => say(about) },
    { id: 'outcome', title: t('tb.outcome'), cell: ({ outcome }) => term('outcome', outcome) },
    { id: 'at', title: t('tb.at'), cell: one => `${instant(one.at)} · ${seconds(one.seconds)}` },
    {
      id: 'back',
      title: '',
      right: true,
      cell: one => <Back row={one} onTake={() => setBack(one.outcomeId)} />,
    },
  ]
  return (
    <div className="stack">
      <p className="soft">{note}</p>
      <ListFilter
        state={{
          label: t('tb.state'),
          value: filter.values.state,
          onChange: value => filter.set('state', value),
          options: STATES.map(value => ({ value, label: t(`tb.state.${value}`) })),
        }}
        choices={[
          {
            label: t('tb.any-outcome'),
            value: filter.values.outcome,
            onChange: value => filter.set('outcome', value),
            options: outcomesFor('').map(({ code }) => ({ value: code, label: term('outcome', code) })),
          },
          ...(root === '/team'
            ? [
                {
                  label: t('tb.any-agent'),
                  value: filter.values.agent,
                  onChange: (value: string) => filter.set('agent', value),
                  options: (list.data?.agents ?? []).map(one => ({ value: String(one.userId), label: one.name })),
                },
              ]
            : []),
        ]}
      />
      <Panel flush>
        <Async query={list} lines={8}>
          {data => (
            <>
              <DataTable
                caption={t('tb.ended')}
                columns={narrow ? columns.filter(({ id }) => ON_PHONE.has(id)) : columns}
                rows={data.rows}
                rowId={one => one.outcomeId}
                empty={<Blank title={t('tb.none')}>{t('tb.none-hint')}</Blank>}
              />
              <Pager offset={filter.offset} limit={LIMIT} total={data.total} onMove={filter.move} />
            </>
          )}
        </Async>
      </Panel>
      {row && !row.takenBack && !row.mayNot ? (
        <TakeBack key={row.outcomeId} root={root} row={row} onClose={() => setBack('')} />
      ) : null}
    </div>
  )
}

function Back({ row: { takenBack, mayNot }, onTake }: { row: OutcomeRow; onTake: () => void }) {
  const { t, say, instant } = useText()
  if (takenBack)
    return <span className="small muted">{t('tb.taken-back', { at: instant(takenBack.at), who: takenBack.by })}</span>
  if (mayNot)
    return (
      <span className="small muted" title={say(mayNot)}>
        {t('tb.cannot')}
      </span>
    )
  return (
    <Button size="small" onClick={onTake}>
      {t('tb.take-back')}
    </Button>
  )
}
