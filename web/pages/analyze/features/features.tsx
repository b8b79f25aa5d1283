import { PlusOutlined } from '@ant-design/icons'
import { useMemo, useState } from 'react'
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
  Input,
  Meter,
  Page,
  Panel,
  Select,
  Tooltip,
  useUrlState,
} from '../../../kit/index.ts'
import { driftTone } from './drift-tone.ts'
import { FeatureDrawer } from './feature-drawer.tsx'
import { InputNotes } from './input-notes.tsx'
import { OwnForm } from './own-form.tsx'
import type { FeatureList, FeatureRow } from './types.ts'

/** Everything known of every customer: what it means, how it is counted, how it lies, who asks for it. */
export default function FeaturesPage() {
  const { t, say, day, number, percent } = useText()
  const may = useMay()
  const list = useGet<FeatureList>('/features')
  const [words, setWords] = useUrlState('q')
  const [family, setFamily] = useUrlState('family', 'all')
  const [open, setOpen] = useUrlState('feature')
  const [declaring, setDeclaring] = useState(false)
  const found = useMemo(() => matching(list.data?.rows ?? [], words, family), [list.data, words, family])
  const columns: Column<FeatureRow>[] = [
    {
      id: 'name',
      title: t('features.name'),
      cell: row => (
        <div>
          <span className="strong">{say(row.name)}</span> <Own row={row} />
          <div className="small soft">{say(row.meaning)}</div>
        </div>
      ),
      by: row => say(row.name),
    },
    {
      id: 'known',
      title: t('fcat.known'),
      right: true,
      cell: row =>
        row.rows === 0 ? (
          <span className="muted small">{t('fcat.waiting')}</span>
        ) : (
          <span className="row tight end">
            {percent(row.known / row.rows, 0)}
            <Meter share={row.known / row.rows} width={48} label={t('fcat.known-note')} />
          </span>
        ),
      by: row => (row.rows > 0 ? row.known / row.rows : -1),
    },
    {
      id: 'typical',
      title: t('fcat.typical'),
      right: true,
      cell: row => (
        <span>
          {row.typical === '' ? <span className="muted">–</span> : row.typical}{' '}
          <span className="muted small">{say(row.unit)}</span>
        </span>
      ),
    },
    {
      id: 'drift',
      title: t('fcat.drift'),
      cell: row =>
        row.drift ? (
          <Tooltip title={t('drift.note', { psi: number(row.drift.psi, 3), chance: number(row.drift.chance, 3) })}>
            <span>
              <Chip tone={driftTone[row.drift.verdict]}>{t(`drift.${row.drift.verdict}`)}</Chip>
            </span>
          </Tooltip>
        ) : (
          <span className="muted">–</span>
        ),
      by: row => row.drift?.psi ?? -1,
    },
    {
      id: 'uses',
      title: t('fcat.uses'),
      cell: row => <span className="soft">{t('fcat.uses-count', { count: row.uses })}</span>,
      by: row => row.uses,
    },
  ]
  return (
    <Page
      title={t('fcat.title')}
      lead={
        list.data ? t('fcat.lead', { count: list.data.rows.length, day: day(list.data.asOf) }) : t('fcat.lead-plain')
      }
      actions={
        may('features.write') ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setDeclaring(true)}>
            {t('fcat.declare')}
          </Button>
        ) : null
      }
    >
      <Async query={list} lines={14}>
        {data => (
          <div className="stack">
            <InputNotes notes={data.notes} />
            <div className="toolbar">
              <div className="grow">
                <Input
                  allowClear
                  value={words}
                  onChange={event => setWords(event.target.value)}
                  placeholder={t('fcat.search')}
                  aria-label={t('fcat.search')}
                />
              </div>
              <Select
                value={family}
                onChange={setFamily}
                style={{ minWidth: 180 }}
                aria-label={t('fcat.source')}
                options={[
                  { value: 'all', label: t('fcat.all') },
                  ...data.families.map(entry => ({ value: entry.id, label: say(entry.name) })),
                ]}
              />
            </div>
            <Panel flush>
              <DataTable
                columns={columns}
                rows={found}
                rowId={row => row.id}
                onOpen={row => setOpen(row.id)}
                chosen={open}
                empty={<Blank title={t('fcat.none')}>{t('fcat.none-hint')}</Blank>}
              />
            </Panel>
          </div>
        )}
      </Async>
      {open ? <FeatureDrawer key={open} id={open} onOpen={setOpen} onClose={() => setOpen('')} /> : null}
      {declaring ? <OwnForm onClose={() => setDeclaring(false)} /> : null}
    </Page>
  )
}

function Own({ row }: { row: FeatureRow }) {
  const { t } = useText()
  if (!row.own) return null
  if (row.own.state === 'withdrawn') return <Chip tone="outline">{t('fcat.withdrawn')}</Chip>
  if (row.own.byTurn) return <Chip>{t('fcat.by-turn')}</Chip>
  return (
    <>
      <Chip tone="accent">{t('fcat.own-version', { version: row.own.version })}</Chip>{' '}
      {row.own.usedVersion === row.own.version ? null : <Chip tone="warn">{t('fcat.next-turn')}</Chip>}
    </>
  )
}

/** Every word must occur in the name, the meaning (of either language) or the id. */
function matching(rows: readonly FeatureRow[], words: string, family: string): FeatureRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter(row => {
    const text = `${row.id} ${row.name.en} ${row.name.zh} ${row.meaning.en} ${row.meaning.zh}`.toLowerCase()
    return (family === 'all' || row.family === family) && wanted.every(word => text.includes(word))
  })
}
