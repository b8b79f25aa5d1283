import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import type { KindList, KindRow } from '../../../../src/personalize/kinds/api.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Chip, type Column, DataTable, Panel, useUrlState } from '../../../kit/index.ts'
import { ChannelIcon } from '../channel-icon.tsx'
import { KindEditor } from './kind-editor.tsx'
import { TryKind } from './try-kind.tsx'

export function KindsTab() {
  const { t } = useText()
  const may = useMay()
  const list = useGet<KindList>('/kinds')
  const [chosen, setChosen] = useUrlState('kind')
  const [adding, setAdding] = useState(false)
  return (
    <Async query={list} lines={8}>
      {({ rows, templates }) => {
        const open = rows.find(row => row.code === chosen)
        return (
          <div className="stack">
            <Panel
              flush
              title={t('kinds.tab.kinds')}
              extra={
                may('content.write') ? (
                  <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                    {t('kinds.add')}
                  </Button>
                ) : null
              }
            >
              <Table rows={rows} chosen={chosen} onOpen={row => setChosen(row.code)} />
            </Panel>
            {may('communications.read') ? <TryKind kinds={rows} /> : null}
            {open || adding ? (
              <KindEditor
                key={open?.code ?? 'new'}
                kind={open ?? null}
                taken={rows.map(row => row.code)}
                templates={templates}
                readOnly={!may('content.write')}
                onClose={() => {
                  setChosen('')
                  setAdding(false)
                }}
              />
            ) : null}
          </div>
        )
      }}
    </Async>
  )
}

function Table({ rows, chosen, onOpen }: { rows: KindRow[]; chosen: string; onOpen: (row: KindRow) => void }) {
  const { t, say, term } = useText()
  const columns: Column<KindRow>[] = [
    {
      id: 'kind',
      title: t('kinds.kind'),
      by: row => say(row.name),
      cell: row => (
        <>
          <span className="strong">{say(row.name)}</span> <span className="mono muted">{row.code}</span>
        </>
      ),
    },
    { id: 'class', title: t('kinds.class'), by: row => row.class, cell: row => term('class', row.class) },
    {
      id: 'form',
      title: t('kinds.form'),
      by: row => row.legalForm,
      cell: row => (
        <>
          {t(`kinds.form.${row.legalForm}`)}{' '}
          {row.duplicate ? (
            <Chip tone="accent" title={t('kinds.duplicate')}>
              {t('kinds.duplicate-short')}
            </Chip>
          ) : null}
        </>
      ),
    },
    {
      id: 'ways',
      title: t('kinds.ways'),
      cell: row => (
        <span className="row tight">
          {row.ways.map(way => (
            <Chip
              key={way.channel}
              tone={way.live === null ? 'outline' : 'plain'}
              title={way.live === null ? t('kinds.no-template-help', { template: way.template }) : way.template}
            >
              <ChannelIcon channel={way.channel} /> {term('channel', way.channel)}
              {way.live === null ? ` · ${t('kinds.no-template')}` : ''}
            </Chip>
          ))}
        </span>
      ),
    },
    {
      id: 'pdf',
      title: t('kinds.pdf'),
      cell: row => (row.ways.some(way => way.channel === 'print') ? t(`kinds.pdf.${row.pdf}`) : '–'),
    },
  ]
  return (
    <DataTable
      caption={t('kinds.title')}
      columns={columns}
      rows={rows}
      rowId={row => row.code}
      chosen={chosen}
      onOpen={onOpen}
    />
  )
}
