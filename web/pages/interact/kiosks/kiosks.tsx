import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, type Column, DataTable, Field, Input, Page, Panel } from '../../../kit/index.ts'
import { Confirm } from '../../collect/giving-back/confirm.tsx'
import { ShownOnce } from '../../collect/giving-back/shown-once.tsx'

interface Kiosk {
  kioskId: number
  name: string
  state: 'waiting' | 'paired' | 'revoked'
  pairedAt: string | null
  seenAt: string | null
  createdAt: string
}

const TONE = { waiting: 'warn', paired: 'good', revoked: 'bad' } as const

/** Screens in branches: named, paired with a device, taken back. */
export default function KiosksPage() {
  const { t, instant } = useText()
  const list = useGet<{ rows: Kiosk[] }>('/kiosks', { every: () => 15_000 })
  const [adding, setAdding] = useState(false)
  const [revoking, setRevoking] = useState<Kiosk | null>(null)
  const [code, setCode] = useState('')
  const newCode = useChangeOf<{ code: string }>(['/kiosks'], answer => setCode(answer.code))
  const revoke = useChangeOf(['/kiosks'], () => setRevoking(null))
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('ki.add')}
    </Button>
  )
  const columns: Column<Kiosk>[] = [
    { id: 'name', title: t('ki.name'), cell: row => <span className="strong">{row.name}</span>, by: row => row.name },
    {
      id: 'state',
      title: t('ki.state'),
      cell: row => <Chip tone={TONE[row.state]}>{t(`ki.state.${row.state}`)}</Chip>,
      by: row => row.state,
    },
    { id: 'paired', title: t('ki.paired'), cell: row => (row.pairedAt ? instant(row.pairedAt) : '–') },
    { id: 'seen', title: t('ki.seen'), cell: row => (row.seenAt ? instant(row.seenAt) : '–') },
    {
      id: 'do',
      title: '',
      right: true,
      cell: row =>
        row.state === 'revoked' ? null : (
          <span className="row">
            <Button
              size="small"
              loading={newCode.isPending}
              onClick={() => newCode.mutate({ method: 'POST', path: `/kiosks/${row.kioskId}/code`, body: {} })}
            >
              {t('ki.new-code')}
            </Button>
            <Button size="small" danger onClick={() => setRevoking(row)}>
              {t('ki.revoke')}
            </Button>
          </span>
        ),
    },
  ]
  return (
    <Page title={t('ki.title')} lead={t('ki.lead', { address: `${location.origin}/kiosk` })} actions={add}>
      <Panel flush>
        <Async query={list}>
          {({ rows }) => (
            <DataTable
              columns={columns}
              rows={rows}
              rowId={row => row.kioskId}
              empty={
                <Blank title={t('ki.none')} actions={add}>
                  {t('ki.none-hint')}
                </Blank>
              }
            />
          )}
        </Async>
      </Panel>
      {adding ? (
        <AddKiosk
          onClose={() => setAdding(false)}
          onCode={given => {
            setAdding(false)
            setCode(given)
          }}
        />
      ) : null}
      {code ? (
        <ShownOnce title={t('ki.code')} note={t('ki.code-note')} value={code} onSeen={() => setCode('')} />
      ) : null}
      {revoking ? (
        <Confirm
          title={t('ki.revoke')}
          danger
          busy={revoke.isPending}
          error={revoke.error}
          onNo={() => setRevoking(null)}
          onYes={() => revoke.mutate({ method: 'DELETE', path: `/kiosks/${revoking.kioskId}` })}
        >
          {t('ki.revoke-ask', { name: revoking.name })}
        </Confirm>
      ) : null}
    </Page>
  )
}

function AddKiosk({ onClose, onCode }: { onClose: () => void; onCode: (code: string) => void }) {
  const { t } = useText()
  const [name, setName] = useState('')
  const make = useChangeOf<{ code: string }>(['/kiosks'], answer => onCode(answer.code))
  return (
    <Confirm
      title={t('ki.add')}
      busy={make.isPending}
      error={make.error}
      onNo={onClose}
      onYes={() => make.mutate({ method: 'POST', path: '/kiosks', body: { name } })}
    >
      <p className="soft">{t('ki.name-hint')}</p>
      <Field label={t('ki.name')}>
        {id => <Input id={id} value={name} maxLength={60} autoFocus onChange={event => setName(event.target.value)} />}
      </Field>
    </Confirm>
  )
}
