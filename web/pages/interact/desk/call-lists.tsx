import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Chip,
  type Column,
  DataTable,
  Input,
  Modal,
  Panel,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import type { CallListRow, CallLists as Lists } from './types.ts'
import { useDeskChange } from './use-change.ts'

/** Lists in the order in which they are worked: paused, filled again and moved while agents work on them. */
export function CallLists({ manage }: { manage: boolean }) {
  const { t, number, say } = useText()
  const problem = useProblem()
  const toast = useToast()
  const lists = useGet<Lists>('/desk/lists', { every: () => 10_000 })
  const [refill, setRefill] = useState<CallListRow | null>(null)
  const change = useDeskChange<unknown>()
  const fill = useDeskChange<{ opened: number }>(({ opened }) => {
    setRefill(null)
    toast.done(t('lists.refilled', { count: opened }))
  })
  const path = (row: CallListRow): string => `/desk/lists/${encodeURIComponent(row.list)}`
  const set = (row: CallListRow, body: { paused?: boolean; skill?: string }): void =>
    change.mutate({ method: 'PUT', path: path(row), body })
  const move = (rows: readonly CallListRow[], at: number, by: -1 | 1): void => {
    const order = rows.map(row => row.list)
    const [moved] = order.splice(at, 1)
    if (moved) order.splice(at + by, 0, moved)
    change.mutate({ method: 'PUT', path: '/desk/lists/order', body: { lists: order } })
  }
  const columns = (rows: readonly CallListRow[]): Column<CallListRow>[] => [
    {
      id: 'name',
      title: t('tasks.list'),
      cell: row => (
        <>
          <span className="strong">{say(row.name)}</span>{' '}
          {row.paused ? <Chip tone="warn">{t('lists.paused')}</Chip> : null}
        </>
      ),
    },
    { id: 'open', title: t('lists.open'), right: true, cell: row => number(row.open) },
    { id: 'due', title: t('lists.due'), right: true, cell: row => number(row.due) },
    { id: 'held', title: t('lists.held'), right: true, cell: row => number(row.held) },
    { id: 'done', title: t('lists.done'), right: true, cell: row => number(row.done) },
    { id: 'reached', title: t('lists.reached'), right: true, cell: row => number(row.reached) },
    { id: 'stopped', title: t('lists.stopped'), right: true, cell: row => number(row.stopped) },
    {
      id: 'skill',
      title: t('lists.skill'),
      cell: row =>
        manage ? (
          <Input
            size="small"
            style={{ width: 110 }}
            aria-label={t('lists.skill-of', { list: say(row.name) })}
            defaultValue={row.skill}
            placeholder={t('lists.everybody')}
            maxLength={40}
            onPressEnter={event => event.currentTarget.blur()}
            onBlur={event => {
              const skill = event.target.value.trim()
              if (skill !== row.skill) set(row, { skill })
            }}
          />
        ) : (
          row.skill || <span className="muted">{t('lists.everybody')}</span>
        ),
    },
    ...(manage
      ? [
          {
            id: 'act',
            title: '',
            right: true,
            cell: (row: CallListRow) => {
              const at = rows.indexOf(row)
              return (
                <span className="row nowrap">
                  <Button
                    size="small"
                    icon={<ArrowUpOutlined />}
                    aria-label={t('lists.up', { list: say(row.name) })}
                    disabled={at === 0 || change.isPending}
                    onClick={() => move(rows, at, -1)}
                  />
                  <Button
                    size="small"
                    icon={<ArrowDownOutlined />}
                    aria-label={t('lists.down', { list: say(row.name) })}
                    disabled={at === rows.length - 1 || change.isPending}
                    onClick={() => move(rows, at, 1)}
                  />
                  <Button size="small" disabled={change.isPending} onClick={() => set(row, { paused: !row.paused })}>
                    {row.paused ? t('lists.go-on') : t('lists.pause')}
                  </Button>
                  <Button size="small" onClick={() => setRefill(row)}>
                    {t('lists.refill')}
                  </Button>
                </span>
              )
            },
          },
        ]
      : []),
  ]
  return (
    <div className="stack">
      {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
      <Panel flush>
        <Async query={lists} lines={6}>
          {({ rows }) => (
            <DataTable
              caption={t('lists.title')}
              columns={columns(rows)}
              rows={rows}
              rowId={row => `${row.list} ${row.skill}`}
              empty={<Blank title={t('lists.none')}>{t('tasks.none-hint')}</Blank>}
            />
          )}
        </Async>
      </Panel>
      <Modal
        open={refill !== null}
        title={refill ? t('lists.refill-title', { list: say(refill.name) }) : ''}
        onCancel={() => setRefill(null)}
        footer={[
          <Button key="cancel" onClick={() => setRefill(null)}>
            {t('action.close')}
          </Button>,
          ...[false, true].map(unanswered => (
            <Button
              key={String(unanswered)}
              type={unanswered ? 'default' : 'primary'}
              loading={fill.isPending}
              onClick={() =>
                refill && fill.mutate({ method: 'POST', path: `${path(refill)}/refill`, body: { unanswered } })
              }
            >
              {unanswered ? t('lists.refill-unanswered') : t('lists.refill-new')}
            </Button>
          )),
        ]}
      >
        {fill.error ? <Callout tone="bad">{problem(fill.error)}</Callout> : null}
        <p>{t('lists.refill-hint')}</p>
      </Modal>
    </div>
  )
}
