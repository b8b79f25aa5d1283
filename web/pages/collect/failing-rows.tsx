import { PhoneOutlined, ToolOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { send } from '../../api/client.ts'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import type { FailingRows, QualityRow, VerificationAsk, VerificationAsked } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  type Column,
  DataTable,
  Drawer,
  Pager,
  useProblem,
  useToast,
} from '../../kit/index.ts'
import { fieldName } from './quality/field-name.ts'
import { RepairForm } from './quality/repair-form.tsx'

const LIMIT = 50
type Askable = VerificationAsk['questions'][number]['field']
/** What customers can be asked after, by the field of the rule. */
const ASKABLE: Record<string, Askable> = {
  mobile: 'mobile',
  landline: 'landline',
  email: 'email',
  address: 'address',
  street: 'address',
  postcode: 'address',
  full_name: 'name',
  birth_date: 'birth_date',
  contact: 'mobile',
}

/** The rows a rule found wrong, each with a way to its customer, and what can be done about them. */
export function FailingRowsDrawer({ rule, onClose }: { rule: QualityRow; onClose: () => void }) {
  const speech = useText()
  const { t, term, say, number } = speech
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [offset, setOffset] = useState(0)
  const [repairing, setRepairing] = useState(false)
  const failing = useGet<FailingRows>('/quality/rows', {
    query: { source: rule.source, rule: rule.rule, offset, limit: LIMIT },
    keep: true,
  })
  const askable = ASKABLE[rule.field]
  const customers = [...new Set((failing.data?.rows ?? []).flatMap(row => row.customerId ?? []))]
  const ask = useMutation({
    mutationFn: (field: Askable) =>
      send<VerificationAsked>('POST', '/verifications', {
        questions: customers.map(customerId => ({ customerId, field })),
        way: 'call',
      } satisfies VerificationAsk),
    onSuccess: async answer => {
      toast.done(t('decay.ask-done', { count: answer.asked.length }))
      await client.invalidateQueries({ queryKey: ['/verifications'] })
    },
  })
  const columns: Column<FailingRows['rows'][number]>[] = [
    { id: 'row', title: t('quality.row'), cell: row => <span className="mono">{row.rowKey}</span> },
    {
      id: 'value',
      title: t('quality.value'),
      cell: row =>
        row.value ? <span className="break">{row.value}</span> : <span className="muted">{t('quality.empty')}</span>,
    },
    {
      id: 'customer',
      title: t('quality.customer'),
      right: true,
      cell: row =>
        row.customerId === null ? (
          <span className="muted">–</span>
        ) : (
          <Link to={`/customers/${row.customerId}`}>{row.customerId}</Link>
        ),
    },
  ]
  return (
    <Drawer
      open
      onClose={onClose}
      size={600}
      title={`${term('source', rule.source)} · ${fieldName(speech, rule.field)}`}
      styles={{ body: { padding: '12px 4px' } }}
    >
      <div className="stack tight drawer-lead">
        <p className="soft">
          {say(rule.message)} · {t('quality.failed-of', { failed: number(rule.failed), checked: number(rule.checked) })}
        </p>
        {ask.error ? <Callout tone="bad">{problem(ask.error)}</Callout> : null}
        {may('quality.write') && rule.failed > 0 ? (
          <div className="row">
            {rule.fixes.length > 0 && !repairing ? (
              <Button type="primary" icon={<ToolOutlined />} onClick={() => setRepairing(true)}>
                {t('quality.repair')}
              </Button>
            ) : null}
            {askable && customers.length > 0 && !repairing ? (
              <Button icon={<PhoneOutlined />} loading={ask.isPending} onClick={() => ask.mutate(askable)}>
                {t('quality.ask-page', { count: customers.length })}
              </Button>
            ) : null}
            {rule.fixes.length === 0 ? <span className="small muted">{t('quality.cannot-repair')}</span> : null}
          </div>
        ) : null}
      </div>
      {repairing ? (
        <RepairForm rule={rule} onDone={onClose} onBack={() => setRepairing(false)} />
      ) : (
        <Async query={failing} lines={8}>
          {data => (
            <>
              <DataTable
                columns={columns}
                rows={data.rows}
                rowId={row => `${row.source} ${row.rowKey}`}
                empty={<Blank title={t('quality.no-failing')} />}
                wide
              />
              <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
            </>
          )}
        </Async>
      )}
    </Drawer>
  )
}
