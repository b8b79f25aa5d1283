import { useState } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import type { checkList, checkView, findingList } from '../../../src/personalize/checks/api.ts'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import { useChangeOf } from '../../api/use-change.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Chip, DataTable, Pager, Panel, Progress, useProblem } from '../../kit/index.ts'

type Check = z.infer<typeof checkView>
type Reason = Check['reasons'][number]

/** Whom a campaign's templates cannot serve, found before its waves are approved. */
export function BeforeSending({ campaignId }: { campaignId: number }) {
  const { t } = useText()
  const may = useMay()
  const problem = useProblem()
  const checks = useGet<z.infer<typeof checkList>>(`/campaigns/${campaignId}/checks`, {
    every: data => (data?.rows[0]?.state === 'running' ? 1500 : false),
  })
  const start = useChangeOf([`/campaigns/${campaignId}/checks`])
  const newest = checks.data?.rows[0]
  const button = may('campaign.approve') ? (
    <Button
      loading={start.isPending || newest?.state === 'running'}
      onClick={() => start.mutate({ method: 'POST', path: `/campaigns/${campaignId}/checks`, body: {} })}
    >
      {t(newest ? 'check.again' : 'check.start')}
    </Button>
  ) : null
  return (
    <Panel title={t('check.title')} note={t('check.note')} extra={button}>
      {start.error ? <Callout tone="bad">{problem(start.error)}</Callout> : null}
      <Async query={checks} lines={3}>
        {({ rows: [check] }) =>
          check ? (
            <Checked campaignId={campaignId} check={check} />
          ) : (
            <Blank title={t('check.none')}>{t('check.none-hint')}</Blank>
          )
        }
      </Async>
    </Panel>
  )
}

function Checked({ campaignId, check }: { campaignId: number; check: Check }) {
  const { t, say, number, instant, term } = useText()
  const [open, setOpen] = useState<Reason | null>(null)
  const { done, total, checked, held, composed } = check
  if (check.state === 'failed')
    return (
      <Callout tone="bad" title={t('check.failed')}>
        {check.error}
      </Callout>
    )
  if (check.state === 'running')
    return (
      <div role="status">
        <p>{t('check.running', { done: number(done), total: number(total) })}</p>
        <Progress percent={Math.round((100 * done) / Math.max(1, total))} />
      </div>
    )
  return (
    <div className="stack">
      <Callout tone={held > 0 ? 'warn' : 'good'}>
        {held > 0
          ? t('check.some-held', { count: number(held), all: number(checked) })
          : t('check.all-fine', { count: number(checked), composed: number(composed) })}{' '}
        {check.finishedAt ? t('check.by', { name: check.startedBy, at: instant(check.finishedAt) }) : null}
      </Callout>
      {check.reasons.length > 0 ? (
        <DataTable
          rows={check.reasons}
          rowId={row => [row.template, row.channel, row.reason, row.field].join('/')}
          chosen={open ? [open.template, open.channel, open.reason, open.field].join('/') : undefined}
          onOpen={setOpen}
          caption={t('check.title')}
          columns={[
            {
              id: 'template',
              title: t('check.template'),
              cell: row => (
                <>
                  {row.template} <Chip>{term('channel', row.channel)}</Chip>
                </>
              ),
            },
            { id: 'field', title: t('check.field'), cell: row => <code>{row.field}</code> },
            { id: 'reason', title: t('check.reason'), cell: row => say(row.says) },
            {
              id: 'customers',
              title: t('check.customers'),
              right: true,
              cell: row => number(row.customers),
              by: row => row.customers,
            },
          ]}
        />
      ) : null}
      {open ? (
        <Findings key={`${check.id}/${open.reason}/${open.field}`} campaignId={campaignId} check={check} of={open} />
      ) : null}
    </div>
  )
}

const PAGE = 50

function Findings({ campaignId, check, of }: { campaignId: number; check: Check; of: Reason }) {
  const { t } = useText()
  const [offset, setOffset] = useState(0)
  const findings = useGet<z.infer<typeof findingList>>(`/campaigns/${campaignId}/checks/${check.id}/findings`, {
    query: { reason: of.reason, field: of.field, offset, limit: PAGE },
    keep: true,
  })
  return (
    <Async query={findings} lines={6}>
      {({ rows, total }) => (
        <div className="stack tight">
          <DataTable
            rows={rows}
            rowId={row => `${row.customerId}/${row.kind}/${row.channel}`}
            caption={t('check.show')}
            columns={[
              {
                id: 'customer',
                title: t('check.customer'),
                cell: row => <Link to={`/customers/${row.customerId}`}>{row.customerId}</Link>,
              },
              { id: 'field', title: t('check.field'), cell: row => <code>{row.field}</code> },
              { id: 'detail', title: t('check.detail'), cell: row => <span className="break">{row.detail}</span> },
            ]}
          />
          <Pager offset={offset} limit={PAGE} total={total} onMove={setOffset} />
        </div>
      )}
    </Async>
  )
}
