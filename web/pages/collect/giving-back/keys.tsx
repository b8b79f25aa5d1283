import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Checkbox,
  Chip,
  type Column,
  DataTable,
  Field,
  Input,
  Panel,
} from '../../../kit/index.ts'
import { Confirm } from './confirm.tsx'
import { ShownOnce } from './shown-once.tsx'
import type { ApiKey, ApiKeyList } from './types.ts'
import { useChange } from './use-change.ts'

const SCOPES = ['events.write', 'changes.read', 'calls.write'] as const
type Scope = (typeof SCOPES)[number]

interface Waiting {
  kind: 'customer' | 'account' | 'email' | 'phone' | 'row' | 'visitor'
  events: number
  names: number
}

export function Keys() {
  const { t, instant } = useText()
  const list = useGet<ApiKeyList>('/api-keys')
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const [token, setToken] = useState<string | null>(null)
  const revoke = useChange(() => setRevoking(null))
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
      {t('key.add')}
    </Button>
  )
  const columns: Column<ApiKey>[] = [
    { id: 'name', title: t('gb.name'), cell: row => <span className="strong">{row.name}</span>, by: row => row.name },
    { id: 'start', title: t('key.start'), cell: row => <span className="mono">{row.start}…</span> },
    {
      id: 'scopes',
      title: t('key.scopes'),
      cell: row => row.scopes.map(scope => t(`key.scope.${scope as Scope}`)).join(', '),
    },
    { id: 'made', title: t('key.made'), cell: row => instant(row.createdAt), by: row => row.createdAt },
    { id: 'used', title: t('key.used'), cell: row => (row.lastUsedAt ? instant(row.lastUsedAt) : '–') },
    {
      id: 'do',
      title: '',
      right: true,
      cell: row =>
        row.revokedAt ? (
          <Chip tone="bad">{t('key.revoked')}</Chip>
        ) : (
          <Button size="small" danger onClick={() => setRevoking(row)}>
            {t('key.revoke')}
          </Button>
        ),
    },
  ]
  return (
    <div className="stack">
      <Panel title={t('gb.keys')} extra={add} flush>
        <Async query={list}>
          {({ rows }) => (
            <DataTable
              columns={columns}
              rows={rows}
              rowId={row => row.keyId}
              empty={
                <Blank title={t('key.none')} actions={add}>
                  {t('key.none-hint')}
                </Blank>
              }
            />
          )}
        </Async>
      </Panel>
      <WaitingEvents />
      {making ? <MakeKey onClose={() => setMaking(false)} onToken={setToken} /> : null}
      {token ? (
        <ShownOnce title={t('key.add')} note={t('key.once')} value={token} onSeen={() => setToken(null)} />
      ) : null}
      {revoking ? (
        <Confirm
          title={t('key.revoke')}
          danger
          busy={revoke.isPending}
          error={revoke.error}
          onNo={() => setRevoking(null)}
          onYes={() => revoke.mutate({ method: 'DELETE', path: `/api-keys/${revoking.keyId}` })}
        >
          {t('key.revoke-ask', { name: revoking.name })}
        </Confirm>
      ) : null}
    </div>
  )
}

function MakeKey({ onClose, onToken }: { onClose: () => void; onToken: (token: string) => void }) {
  const { t } = useText()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>(['events.write'])
  const make = useChange<{ token: string }>(({ token }) => {
    onClose()
    onToken(token)
  })
  return (
    <Confirm
      title={t('key.add')}
      busy={make.isPending}
      error={make.error}
      onNo={onClose}
      onYes={() => make.mutate({ method: 'POST', path: '/api-keys', body: { name, scopes } })}
    >
      <div className="stack tight">
        <Field label={t('gb.name')}>
          {id => (
            <Input id={id} autoFocus maxLength={80} value={name} onChange={event => setName(event.target.value)} />
          )}
        </Field>
        <span className="label">{t('key.scopes')}</span>
        {SCOPES.map(scope => (
          <Checkbox
            key={scope}
            checked={scopes.includes(scope)}
            onChange={event =>
              setScopes(before => (event.target.checked ? [...before, scope] : before.filter(one => one !== scope)))
            }
          >
            {t(`key.scope.${scope}`)}
          </Checkbox>
        ))}
      </div>
    </Confirm>
  )
}

function WaitingEvents() {
  const { t, number } = useText()
  const list = useGet<{ rows: Waiting[] }>('/events/waiting')
  const columns: Column<Waiting>[] = [
    { id: 'kind', title: t('key.waiting-kind'), cell: row => t(`key.kind.${row.kind}`) },
    { id: 'events', title: t('key.waiting-events'), right: true, cell: row => number(row.events) },
    { id: 'names', title: t('key.waiting-names'), right: true, cell: row => number(row.names) },
  ]
  return (
    <Panel title={t('key.waiting')} note={t('key.waiting-note')} flush>
      <Async query={list}>
        {({ rows }) => (
          <DataTable
            columns={columns}
            rows={rows}
            rowId={row => row.kind}
            empty={<Blank title={t('key.waiting-none')} />}
          />
        )}
      </Async>
    </Panel>
  )
}
