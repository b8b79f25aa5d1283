import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Chip,
  Figures,
  Input,
  Page,
  Panel,
  Select,
  useDraft,
  useProblem,
} from '../../../kit/index.ts'
import { ShowDocument } from '../../personalize/show-document.tsx'
import { AskCall } from '../desk/ask-call.tsx'
import { CaseHistory } from './case-history.tsx'
import { CaseClock } from './clock.tsx'
import { ResolveCase } from './resolve-case.tsx'
import type { CaseDetail } from './types.ts'

/** One case: what the customer said, what it is about, everything done since, and how it ends. */
export default function CasePage() {
  const { id } = useParams()
  const { t } = useText()
  const query = useGet<CaseDetail>(`/cases/${id}`)
  return (
    <Page
      title={query.data ? query.data.title : t('cs.number', { id: id ?? '' })}
      crumb={<Link to="/cases">{t('cs.all')}</Link>}
    >
      <Async query={query} lines={10}>
        {row => <CaseBody key={row.caseId} row={row} />}
      </Async>
    </Page>
  )
}

function CaseBody({ row }: { row: CaseDetail }) {
  const { t, say, day, instant } = useText()
  const may = useMay()
  const problem = useProblem()
  const [{ text }, type, dropText] = useDraft(`case.${row.caseId}`, () => ({ text: '' }))
  const [resolving, setResolving] = useState(false)
  const change = useChangeOf<CaseDetail>(['/cases', '/customers'], (_, sent) => {
    if (/(note|wait|go-on|told)$/.test(sent.path)) dropText()
  })
  const owners = useGet<{ rows: { userId: number; name: string }[] }>('/cases/owners', {
    query: { category: row.category },
    enabled: may('cases.work'),
  })
  const act = (name: string, body: unknown) =>
    change.mutate({ method: 'POST', path: `/cases/${row.caseId}/${name}`, body })
  // Whose it is stays in sight, with or without the skill of its category.
  const takers = owners.data?.rows ?? []
  const choices = takers.some(({ userId }) => userId === row.owner)
    ? takers
    : [...takers, ...(row.owner === null ? [] : [{ userId: row.owner, name: row.ownerName }])]
  const works = may('cases.work')
  const source = SOURCES.find(one => one === row.source)
  const resolved = row.state === 'resolved'
  return (
    <div className="stack">
      <Figures
        items={[
          {
            id: 'state',
            label: t('cs.state'),
            value: <Chip>{t(`cs.state.${row.state}`)}</Chip>,
            note: (
              <>
                <CaseClock row={row} />
                {row.reopened > 0 ? <span className="warn"> {t('cs.reopened', { times: row.reopened })}</span> : null}
              </>
            ),
          },
          { id: 'kind', label: t('cs.kind'), value: t(`cs.kind.${row.kind}`), note: say(row.categoryName) },
          {
            id: 'customer',
            label: t('cs.customer'),
            value:
              row.customerId === 0 ? (
                t('cs.erased')
              ) : (
                <Link to={`/customers/${row.customerId}`}>{row.customerName || row.customerId}</Link>
              ),
            note: source ? t(`cs.source.${source}`) : t('cs.source.other', { source: row.source }),
          },
          {
            id: 'opened',
            label: t('cs.opened'),
            value: day(row.openedAt),
            note: t('cs.due', { at: instant(row.dueAt) }),
          },
        ]}
      />
      <Panel title={t('cs.said')}>
        <p className="said">{row.words}</p>
        {row.line ? <p className="note">{t('cs.line', { line: row.line })}</p> : null}
        {row.communicationId ? (
          <div className="stack tight">
            <Link to={`/communications/${row.communicationId}`}>{t('cs.document')}</Link>
            <ShowDocument id={row.communicationId} />
          </div>
        ) : null}
      </Panel>
      {resolved ? (
        <Callout tone="good" title={t(`cs.outcome.${row.outcome ?? 'explained'}`)}>
          {row.resolution}
        </Callout>
      ) : null}
      {works && row.customerId !== 0 ? (
        <Panel title={t('cs.do')}>
          <div className="stack">
            {resolved ? null : (
              <div className="toolbar">
                <Select
                  aria-label={t('cs.owner')}
                  style={{ minWidth: 180 }}
                  allowClear
                  placeholder={t('cs.nobody')}
                  value={row.owner}
                  onChange={owner => act('owner', { owner: owner ?? null })}
                  options={choices.map(one => ({ value: one.userId, label: one.name }))}
                />
                <Button onClick={() => act('owner', { owner: 'me' })}>{t('cs.take')}</Button>
                {may('tasks.work') ? <AskCall customerId={row.customerId} about={row.title} /> : null}
                <Select
                  aria-label={t('cs.category')}
                  style={{ minWidth: 160 }}
                  value={row.category}
                  onChange={category => act('category', { category })}
                  options={row.categories.map(one => ({ value: one.code, label: say(one.name) }))}
                />
              </div>
            )}
            <Input.TextArea
              aria-label={t('cs.note')}
              placeholder={t('cs.note')}
              autoSize={{ minRows: 2, maxRows: 10 }}
              value={text}
              onChange={event => type({ text: event.target.value })}
            />
            <div className="toolbar">
              <Button disabled={text.trim() === ''} onClick={() => act('note', { text })}>
                {t('cs.write-note')}
              </Button>
              {row.state === 'open' ? <Button onClick={() => act('wait', { text })}>{t('cs.wait')}</Button> : null}
              {row.state !== 'open' ? (
                <Button onClick={() => act('go-on', { text })}>{t(resolved ? 'cs.open-again' : 'cs.go-on')}</Button>
              ) : null}
              {resolved && !row.told ? (
                <Button type="primary" disabled={text.trim() === ''} onClick={() => act('told', { text })}>
                  {t('cs.tell')}
                </Button>
              ) : null}
              {resolved ? null : (
                <Button type="primary" onClick={() => setResolving(true)}>
                  {t('cs.resolve')}
                </Button>
              )}
            </div>
            {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
          </div>
        </Panel>
      ) : null}
      <CaseHistory notes={row.notes} categories={row.categories} />
      {resolving ? (
        <ResolveCase
          caseId={row.caseId}
          receipt={row.notes.some(({ what }) => what === 'receipt')}
          onClose={() => setResolving(false)}
        />
      ) : null}
    </div>
  )
}

const SOURCES = ['desk', 'portal', 'kiosk', 'inbox', 'agent'] as const
