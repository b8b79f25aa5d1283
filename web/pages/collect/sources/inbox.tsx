import { DeleteOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import type { InboxList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  type Column,
  DataTable,
  Modal,
  Panel,
  TextField,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { Uploads } from './uploads.tsx'

type File = InboxList['rows'][number]

/** As an address names a variable of the server. */
const VARIABLE = `\${${'HUIYIN_SOURCE_NAME'}}`
const EXAMPLE = `postgres://user:${VARIABLE}@host:5432/database?table=public.customers`

/** Files on their way in: uploaded here, copied into the folder, or a table by its address. */
export function Inbox() {
  const { t, term, bytes, instant } = useText()
  const navigate = useNavigate()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [address, setAddress] = useState('')
  const [removing, setRemoving] = useState<File | null>(null)
  const list = useGet<InboxList>('/inbox')
  const refresh = () => client.invalidateQueries({ queryKey: ['/inbox'] })
  const remove = useMutation({
    mutationFn: (file: File) => send<null>('DELETE', `/inbox/${encodeURIComponent(file.name)}`),
    onSuccess: async (_, file) => {
      setRemoving(null)
      toast.done(t('inbox.removed', { name: file.name }))
      await refresh()
    },
  })
  const open = (file: File) =>
    void navigate(file.source ? `/sources/${file.source}` : `/sources/new?file=${encodeURIComponent(file.name)}`)
  const columns: Column<File>[] = [
    { id: 'name', title: t('src.file'), cell: row => <span className="break">{row.name}</span>, by: row => row.name },
    {
      id: 'source',
      title: t('src.name'),
      cell: row => (row.source ? term('source', row.source) : <span className="muted">–</span>),
    },
    { id: 'size', title: t('inbox.size'), right: true, cell: row => bytes(row.bytes), by: row => row.bytes },
    {
      id: 'at',
      title: t('inbox.at'),
      right: true,
      cell: row => <span className="soft">{instant(row.at)}</span>,
      by: row => row.at,
    },
    {
      id: 'do',
      title: '',
      right: true,
      cell: row => (
        <span className="row end tight">
          <Button
            size="small"
            onClick={event => {
              event.stopPropagation()
              open(row)
            }}
          >
            {t('inbox.read')}
          </Button>
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('inbox.remove')}
            onClick={event => {
              event.stopPropagation()
              remove.reset()
              setRemoving(row)
            }}
          />
        </span>
      ),
    },
  ]
  const readTable = () => {
    if (address.trim()) void navigate('/sources/new', { state: { address: address.trim() } })
  }
  return (
    <div className="stack">
      <Async query={list} lines={6}>
        {data => (
          <>
            <Panel title={t('inbox.title')} note={t('inbox.note', { limit: bytes(data.most) })}>
              <Uploads most={data.most} known={data.rows.map(row => row.name)} onDone={() => void refresh()} />
            </Panel>
            <Panel title={t('inbox.files')} note={t('inbox.files-note')} flush>
              <DataTable
                columns={columns}
                rows={data.rows}
                rowId={row => row.name}
                onOpen={open}
                empty={<Blank title={t('inbox.none')}>{t('inbox.none-hint')}</Blank>}
              />
            </Panel>
          </>
        )}
      </Async>
      <Panel title={t('inbox.table')} note={t('inbox.table-note', { variable: VARIABLE })}>
        <div className="row start">
          <div className="grow">
            <TextField
              label={t('inbox.address')}
              value={address}
              placeholder={EXAMPLE}
              autoComplete="off"
              onChange={setAddress}
              onPressEnter={event => event.nativeEvent.isComposing || readTable()}
            />
          </div>
        </div>
        <div className="row end" style={{ marginTop: 8 }}>
          <Button disabled={!address.trim()} onClick={readTable}>
            {t('inbox.read')}
          </Button>
        </div>
      </Panel>
      <Modal
        open={removing !== null}
        title={t('inbox.remove')}
        okText={t('inbox.remove')}
        cancelText={t('src.cancel')}
        okButtonProps={{ danger: true, loading: remove.isPending }}
        onOk={() => removing && remove.mutate(removing)}
        onCancel={() => setRemoving(null)}
      >
        <div className="stack tight">
          <p>{t('inbox.remove-ask', { name: removing?.name ?? '' })}</p>
          {remove.error ? <Callout tone="bad">{problem(remove.error)}</Callout> : null}
        </div>
      </Modal>
    </div>
  )
}
