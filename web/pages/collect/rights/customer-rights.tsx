import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import type { CustomerConsentView, PurposeList, StatementRow } from '../../../api/rights.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Chip, type Column, DataTable, Panel } from '../../../kit/index.ts'
import { CustomerRequests } from './customer-requests.tsx'
import { StatementForm } from './statement-form.tsx'

const preferences = ['preferred-channel', 'language', 'quiet-hours', 'frequency'] as const

/** What one customer allowed, refused and wishes, with the evidence, and what was asked of us. */
export function CustomerRights({ id }: { id: number }) {
  const { t } = useText()
  const may = useMay()
  const [saying, setSaying] = useState(false)
  const view = useGet<CustomerConsentView>(`/customers/${id}/consents`)
  const purposes = useGet<PurposeList>('/consent/purposes')
  return (
    <div className="stack">
      <Async query={view} lines={8}>
        {data => (
          <>
            {data.lists.length > 0 ? (
              <Callout tone="warn" title={t('rights.on-lists')}>
                {data.lists.join(', ')}
              </Callout>
            ) : null}
            <Panel
              title={t('rights.holds-now')}
              note={t('rights.holds-now-note')}
              extra={
                may('customers.answer') ? (
                  <Button className="no-print" type="primary" onClick={() => setSaying(true)}>
                    {t('rights.record')}
                  </Button>
                ) : null
              }
            >
              <Standing view={data} purposes={purposes.data?.rows ?? []} />
            </Panel>
            <Panel title={t('rights.history')} note={t('rights.history-note')} flush>
              <History rows={data.history} purposes={purposes.data?.rows ?? []} />
            </Panel>
            {saying && purposes.data ? (
              <StatementForm id={id} view={data} purposes={purposes.data.rows} onClose={() => setSaying(false)} />
            ) : null}
          </>
        )}
      </Async>
      {may('rights.read') ? <CustomerRequests id={id} /> : null}
    </div>
  )
}

function Standing({ view, purposes }: { view: CustomerConsentView; purposes: PurposeList['rows'] }) {
  const { t, term, say, day } = useText()
  return (
    <dl className="pairs">
      {purposes.map(purpose => {
        const said = view.standing.filter(item => item.purpose === purpose.code)
        return (
          <div key={purpose.code} style={{ display: 'contents' }}>
            <dt title={say(purpose.about)}>{say(purpose.name)}</dt>
            <dd>
              {said.length === 0 ? (
                <span className="muted">{t('consent.never-asked')}</span>
              ) : (
                <span className="row" style={{ flexWrap: 'wrap' }}>
                  {said.map(item => (
                    <Chip key={item.channel} tone={item.granted ? 'good' : 'bad'}>
                      {item.channel === '*' ? '' : `${term('channel', item.channel)}: `}
                      {term('consent', item.granted ? 'granted' : 'refused')} · {day(item.at)}
                    </Chip>
                  ))}
                </span>
              )}
            </dd>
          </div>
        )
      })}
      {preferences.map(name => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{term('preference', name)}</dt>
          <dd>
            {view.preferences[name] ? (
              <Wish name={name} value={view.preferences[name]} />
            ) : (
              <span className="muted">–</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function Wish({ name, value }: { name: string; value: string }) {
  const { t, term } = useText()
  if (value === '') return <span className="muted">{t('rights.taken-back')}</span>
  if (name === 'preferred-channel') return <>{term('channel', value)}</>
  if (name === 'language') return <>{term('language', value)}</>
  if (name === 'frequency') return <>{t('rights.frequency', { count: Number(value) })}</>
  return <>{value.replace('-', ' – ')}</>
}

function History({ rows, purposes }: { rows: StatementRow[]; purposes: PurposeList['rows'] }) {
  const { t, term, say, instant } = useText()
  const purposeName = (code: string): string => {
    const purpose = purposes.find(candidate => candidate.code === code)
    return purpose ? say(purpose.name) : code
  }
  const columns: Column<StatementRow>[] = [
    { id: 'at', title: t('rights.when'), cell: row => instant(row.at), by: row => row.at },
    {
      id: 'about',
      title: t('rights.about'),
      cell: row =>
        row.kind === 'preference'
          ? term('preference', row.channel)
          : `${purposeName(row.purpose)}${row.channel === '*' ? '' : ` · ${term('channel', row.channel)}`}`,
    },
    {
      id: 'state',
      title: t('rights.said'),
      cell: row =>
        row.kind === 'preference' ? (
          <Wish name={row.channel} value={row.state} />
        ) : (
          <Chip tone={row.state === 'granted' ? 'good' : 'bad'}>{term('consent', row.state)}</Chip>
        ),
    },
    {
      id: 'wording',
      title: t('rights.wording'),
      cell: row =>
        row.wording ? (
          <span title={row.text ? say(row.text) : ''}>
            {row.wording}
            {row.wordingVersion > 0 ? ` v${row.wordingVersion}` : ''}
          </span>
        ) : (
          <span className="muted">–</span>
        ),
    },
    {
      id: 'evidence',
      title: t('rights.evidence'),
      cell: row => (
        <span>
          {term('evidence', row.evidenceHow)} <span className="small muted break">{row.evidenceRef}</span>
        </span>
      ),
    },
    { id: 'source', title: t('quality.source'), cell: row => term('source', row.source) },
    {
      id: 'hash',
      title: t('rights.seal'),
      cell: row =>
        row.hash ? (
          <span className="mono muted" title={row.hash}>
            {row.hash.slice(0, 8)}
          </span>
        ) : (
          <span className="muted">{t('rights.by-import')}</span>
        ),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={row => `${row.at} ${row.purpose} ${row.channel} ${row.source} ${row.hash} ${row.evidenceRef}`}
      empty={<Blank title={t('rights.no-statements')} />}
    />
  )
}
