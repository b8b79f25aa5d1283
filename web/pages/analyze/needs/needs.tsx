import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { NeedList, NeedRow } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Chip,
  type Column,
  DataTable,
  Modal,
  Page,
  Panel,
  TextField,
  type Tone,
  useHotkeys,
} from '../../../kit/index.ts'

const tones: Record<NeedRow['state'], Tone> = {
  'in-force': 'good',
  later: 'accent',
  ended: 'plain',
  withdrawn: 'plain',
  draft: 'warn',
}

/** What customers' lives ask for, in rules anybody can read, and what serves it. */
export default function NeedsPage() {
  const { t, say, term, number, day } = useText()
  const navigate = useNavigate()
  const may = useMay()
  const [naming, setNaming] = useState(false)
  const list = useGet<NeedList>('/needs')
  const mayWrite = may('needs.write')
  useHotkeys({ n: mayWrite ? () => setNaming(true) : undefined })
  const columns: Column<NeedRow>[] = [
    {
      id: 'name',
      title: t('needs.need'),
      by: row => say(row.name),
      cell: row => (
        <>
          <div className="strong">{say(row.name)}</div>
          <div className="small muted wrap">{say(row.about)}</div>
        </>
      ),
    },
    { id: 'rule', title: t('needs.who'), cell: row => <span className="soft rule">{say(row.rule)}</span> },
    {
      id: 'products',
      title: t('needs.serves'),
      cell: row => <span className="small wrap">{row.products.map(serving => say(serving.name)).join(' · ')}</span>,
    },
    {
      id: 'state',
      title: t('needs.state'),
      cell: row => (
        <span className="row tight">
          <Chip tone={tones[row.state]}>{term('need-state', row.state)}</Chip>
          {row.hasDraft && row.state !== 'draft' ? <Chip tone="warn">{t('needs.has-draft')}</Chip> : null}
        </span>
      ),
    },
    {
      id: 'customers',
      title: t('needs.proposed-to'),
      right: true,
      by: row => row.customers,
      cell: row => number(row.customers),
    },
  ]
  return (
    <Page
      title={t('needs.title')}
      lead={t('needs.lead')}
      actions={
        mayWrite ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setNaming(true)}>
            {t('needs.new')} <kbd className="in-button">N</kbd>
          </Button>
        ) : null
      }
    >
      <Panel
        flush
        title={t('needs.list')}
        note={list.data?.asOf ? t('needs.as-of', { day: day(list.data.asOf) }) : null}
      >
        <Async query={list} lines={8}>
          {data => (
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={row => row.code}
              onOpen={row => void navigate(`/needs/${row.code}`)}
              empty={<Blank title={t('needs.none')}>{t('needs.none-hint')}</Blank>}
            />
          )}
        </Async>
      </Panel>
      {naming ? <NewNeed taken={list.data?.rows.map(row => row.code) ?? []} onClose={() => setNaming(false)} /> : null}
    </Page>
  )
}

function NewNeed({ taken, onClose }: { taken: readonly string[]; onClose: () => void }) {
  const { t } = useText()
  const navigate = useNavigate()
  const [code, setCode] = useState('')
  const fits = /^[A-Z0-9][A-Z0-9-]{0,39}$/.test(code)
  const there = taken.includes(code)
  const go = () => {
    if (fits && !there) void navigate(`/needs/${code}`)
  }
  return (
    <Modal
      open
      title={t('needs.new')}
      onCancel={onClose}
      onOk={go}
      okText={t('needs.go-on')}
      cancelText={t('action.close')}
      okButtonProps={{ disabled: !fits || there }}
    >
      <TextField
        label={t('needs.code')}
        autoFocus
        value={code}
        onChange={value => setCode(value.toUpperCase().replaceAll(' ', '-'))}
        onPressEnter={go}
      />
      <p className="small muted">{there ? t('needs.code-taken') : t('needs.code-note')}</p>
    </Modal>
  )
}
