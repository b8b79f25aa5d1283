import { useState } from 'react'
import { Link } from 'react-router'
import type { LetterList, LetterRow } from '../../../api/letters.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Checkbox,
  Chip,
  type Column,
  DataTable,
  Page,
  Pager,
  Panel,
  Segmented,
  useHotkeys,
  useUrlState,
} from '../../../kit/index.ts'
import { letterTone } from './letter-tone.ts'
import { NewLetter } from './new-letter.tsx'

const LIMIT = 50
const VIEWS = ['open', 'submitted', 'sent', 'all'] as const

export default function LettersPage() {
  const { t, term, say, instant } = useText()
  const may = useMay()
  const [view, setView] = useUrlState('state', 'open')
  const [mine, setMine] = useUrlState('mine')
  const [offset, setOffset] = useState(0)
  const [making, setMaking] = useState(false)
  const list = useGet<LetterList>('/letters', {
    query: { state: view === 'all' ? '' : view, mine: mine === '1', offset, limit: LIMIT },
    keep: true,
  })
  useHotkeys({ n: may('letters.write') ? () => setMaking(true) : undefined })
  const columns: Column<LetterRow>[] = [
    {
      id: 'letter',
      title: t('letters.title'),
      cell: row => (
        <Link to={`/letters/${row.id}`} className="strong">
          {row.id} · {say(row.title)}
        </Link>
      ),
    },
    {
      id: 'customer',
      title: t('letters.customer'),
      cell: row => <Link to={`/customers/${row.customerId}`}>{row.customer || row.customerId}</Link>,
    },
    { id: 'channel', title: t('letters.channel'), cell: row => term('channel', row.channel) },
    {
      id: 'state',
      title: t('letters.state'),
      cell: row => <Chip tone={letterTone[row.state]}>{term('letter-state', row.state)}</Chip>,
    },
    { id: 'author', title: t('letters.author'), cell: row => <span className="soft">{row.author}</span> },
    { id: 'at', title: t('letters.changed'), right: true, cell: row => instant(row.updatedAt) },
  ]
  return (
    <Page
      title={t('letters.title')}
      lead={t('letters.lead')}
      actions={
        may('letters.write') ? (
          <Button type="primary" onClick={() => setMaking(true)}>
            {t('letters.new')}
          </Button>
        ) : null
      }
    >
      <div className="toolbar">
        <Segmented
          value={view}
          onChange={value => {
            setOffset(0)
            setView(String(value))
          }}
          options={VIEWS.map(value => ({ value, label: t(`letters.${value}`) }))}
        />
        <Checkbox checked={mine === '1'} onChange={event => setMine(event.target.checked ? '1' : '')}>
          {t('letters.mine')}
        </Checkbox>
      </div>
      <Panel flush>
        <Async query={list} lines={8}>
          {data => (
            <>
              <DataTable
                columns={columns}
                rows={data.rows}
                rowId={row => row.id}
                caption={t('letters.title')}
                empty={<Blank title={t('letters.none')}>{t('letters.none-hint')}</Blank>}
              />
              <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
            </>
          )}
        </Async>
      </Panel>
      {making ? <NewLetter onClose={() => setMaking(false)} /> : null}
    </Page>
  )
}
