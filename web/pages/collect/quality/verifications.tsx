import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { VerificationLink, VerificationList } from '../../../api/types.ts'
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
  ListFilter,
  Modal,
  Pager,
  Panel,
  type Tone,
  useListFilter,
  useProblem,
  useToast,
} from '../../../kit/index.ts'

const LIMIT = 50
type Row = VerificationList['rows'][number]
const tones: Record<string, Tone> = { open: 'accent', confirmed: 'good', corrected: 'good', unanswered: 'warn' }

/** Questions to customers and what came of them. */
export function Verifications() {
  const { t, term, number, instant } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const filter = useListFilter({ state: 'open' }, LIMIT)
  const list = useGet<VerificationList>('/verifications', {
    query: { ...filter.query, state: filter.values.state === 'all' ? '' : filter.values.state },
    keep: true,
  })
  const link = useMutation({
    mutationFn: (id: number) => send<VerificationLink>('POST', `/verifications/${id}/link`, {}),
  })
  const cancel = useMutation({
    mutationFn: (id: number) => send<unknown>('POST', '/verifications/cancel', { ids: [id] }),
    onSuccess: async () => {
      toast.done(t('verify.cancelled'))
      await client.invalidateQueries({
        predicate: query => /^\/(decay|verifications|tasks)/.test(String(query.queryKey[0])),
      })
    },
  })
  const url = link.data ? new URL(link.data.path, location.origin).href : ''
  const columns: Column<Row>[] = [
    {
      id: 'name',
      title: t('customers.name'),
      cell: row => <Link to={`/customers/${row.customerId}`}>{row.name || row.customerId}</Link>,
    },
    { id: 'field', title: t('quality.field'), cell: row => term('field', row.field) },
    { id: 'way', title: t('verify.way'), cell: row => <span className="soft">{term('way', row.way)}</span> },
    {
      id: 'priority',
      title: t('verify.priority'),
      right: true,
      cell: row => number(row.priority, 1),
      by: row => row.priority,
    },
    {
      id: 'asked',
      title: t('verify.asked-by'),
      cell: row => <span className="soft">{t('rules.by', { who: row.askedBy, at: instant(row.askedAt) })}</span>,
      by: row => row.askedAt,
    },
    {
      id: 'state',
      title: t('campaign.state'),
      right: true,
      cell: row => (
        <span title={row.answeredAt ? instant(row.answeredAt) : ''}>
          <Chip tone={tones[row.state] ?? 'plain'}>{term('verification-state', row.state)}</Chip>
        </span>
      ),
    },
    ...(may('quality.write')
      ? [
          {
            id: 'act',
            title: '',
            right: true,
            cell: (row: Row) =>
              row.state === 'open' ? (
                <span className="row end nowrap-row">
                  <Button size="small" onClick={() => link.mutate(row.verificationId)}>
                    {t('verify.link')}
                  </Button>
                  <Button size="small" onClick={() => cancel.mutate(row.verificationId)}>
                    {t('verify.cancel')}
                  </Button>
                </span>
              ) : null,
          },
        ]
      : []),
  ]
  return (
    <div className="stack">
      {link.error ? <Callout tone="bad">{problem(link.error)}</Callout> : null}
      {cancel.error ? <Callout tone="bad">{problem(cancel.error)}</Callout> : null}
      <ListFilter
        state={{
          label: t('campaign.state'),
          value: filter.values.state,
          onChange: value => filter.set('state', value),
          options: ['open', 'confirmed', 'corrected', 'unanswered', 'all'].map(value => ({
            value,
            label: term('verification-state', value),
          })),
        }}
      />
      <Panel title={t('quality.verify')} note={t('verify.note')} flush>
        <Async query={list} lines={6}>
          {data => (
            <>
              <DataTable
                columns={columns}
                rows={data.rows}
                rowId={row => row.verificationId}
                empty={<Blank title={t('verify.none')}>{t('verify.none-hint')}</Blank>}
              />
              <Pager offset={filter.offset} limit={LIMIT} total={data.total} onMove={filter.move} />
            </>
          )}
        </Async>
      </Panel>
      <Modal
        open={link.data !== undefined}
        title={t('verify.link-title')}
        okText={t('verify.copy')}
        onOk={() => {
          void navigator.clipboard?.writeText(url)
          toast.done(t('verify.copied'))
          link.reset()
        }}
        onCancel={() => link.reset()}
      >
        <div className="stack">
          <p>{t('verify.link-lead', { at: link.data ? instant(link.data.expiresAt) : '' })}</p>
          <Input.TextArea readOnly autoSize value={url} aria-label={t('verify.link')} />
        </div>
      </Modal>
    </div>
  )
}
