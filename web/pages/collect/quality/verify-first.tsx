import { LinkOutlined, PhoneOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { VerificationAsk, VerificationAsked, VerifyFirstList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Checkbox,
  Chip,
  type Column,
  DataTable,
  Meter,
  Pager,
  Panel,
  useProblem,
  useToast,
} from '../../../kit/index.ts'

const LIMIT = 50
type Row = VerifyFirstList['rows'][number]
const keyOf = (row: Row): string => `${row.customerId} ${row.field}`

/** Values worth asking after, most first; what is chosen becomes questions for agents or for links. */
export function VerifyFirst() {
  const { t, term, percent, number, day } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [offset, setOffset] = useState(0)
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map())
  const list = useGet<VerifyFirstList>('/decay/verify-first', { query: { offset, limit: LIMIT }, keep: true })
  const ask = useMutation({
    mutationFn: (way: VerificationAsk['way']) =>
      send<VerificationAsked>('POST', '/verifications', {
        questions: [...chosen.values()].map(row => ({
          customerId: row.customerId,
          field: row.field as VerificationAsk['questions'][number]['field'],
          priority: Math.round(row.loss * 1000) / 10,
        })),
        way,
      } satisfies VerificationAsk),
    onSuccess: async answer => {
      setChosen(new Map())
      toast.done(t('decay.ask-done', { count: answer.asked.length }))
      await client.invalidateQueries({
        predicate: query => /^\/(decay|verifications|tasks)/.test(String(query.queryKey[0])),
      })
    },
  })
  const toggle = (row: Row): void => {
    const next = new Map(chosen)
    if (!next.delete(keyOf(row))) next.set(keyOf(row), row)
    setChosen(next)
  }
  const columns: Column<Row>[] = [
    ...(may('quality.write')
      ? [
          {
            id: 'choose',
            title: '',
            width: 40,
            cell: (row: Row) =>
              row.asked ? (
                <Chip tone="accent">{t('decay.asked')}</Chip>
              ) : (
                <Checkbox
                  aria-label={t('decay.choose', { name: `${row.name} ${term('field', row.field)}` })}
                  checked={chosen.has(keyOf(row))}
                  onChange={() => toggle(row)}
                />
              ),
          },
        ]
      : []),
    {
      id: 'name',
      title: t('customers.name'),
      cell: row => <Link to={`/customers/${row.customerId}`}>{row.name || t('customer.nameless')}</Link>,
    },
    {
      id: 'value',
      title: t('quality.value'),
      cell: row => (
        <span className="break">
          <span className="small muted">{term('field', row.field)}</span> {row.value}
        </span>
      ),
    },
    {
      id: 'seen',
      title: t('decay.seen'),
      cell: row => (
        <span className="soft nowrap">
          {day(row.seenAt)} · {term('source', row.source)}
        </span>
      ),
    },
    { id: 'holds', title: t('decay.holds'), right: true, cell: row => percent(row.holds, 0) },
    { id: 'contacts', title: t('decay.contacts'), right: true, cell: row => number(row.contacts) },
    {
      id: 'loss',
      title: t('decay.loss'),
      right: true,
      width: 90,
      cell: row => <Meter share={row.loss} width={64} tone="warn" label={percent(row.loss, 0)} />,
    },
  ]
  return (
    <Panel
      title={t('decay.first')}
      note={t('decay.first-note')}
      extra={
        chosen.size > 0 ? (
          <div className="row">
            <span className="small muted">{t('decay.chosen', { count: chosen.size })}</span>
            <Button icon={<PhoneOutlined />} loading={ask.isPending} onClick={() => ask.mutate('call')}>
              {t('decay.ask-call')}
            </Button>
            <Button icon={<LinkOutlined />} loading={ask.isPending} onClick={() => ask.mutate('link')}>
              {t('decay.ask-link')}
            </Button>
          </div>
        ) : null
      }
      flush
    >
      {ask.error ? <Callout tone="bad">{problem(ask.error)}</Callout> : null}
      <Async query={list} lines={8}>
        {data => (
          <>
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={keyOf}
              empty={<Blank title={t('decay.first-none')} />}
            />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Panel>
  )
}
