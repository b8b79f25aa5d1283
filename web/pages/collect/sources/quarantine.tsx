import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { useMemo, useRef, useState } from 'react'
import { apiPath } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { QuarantineFacets } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Panel, Segmented, Select, useUrlState } from '../../../kit/index.ts'
import { MendHistoryList } from './mend-history.tsx'
import { MendedFile } from './mended-file.tsx'
import { QuarantineGroupTable } from './quarantine-groups.tsx'
import { QuarantineRowTable } from './quarantine-rows.tsx'

export interface QuarantineFilter {
  source?: string
  rule?: string
  file?: string
  column?: string
}

/** Rows refused at import: alike or one by one, to be mended or given up, and what was done so far. */
export function Quarantine() {
  const { t, term, number } = useText()
  const may = useMay()
  const [view, setView] = useUrlState('view', 'alike')
  const [source, setSource] = useUrlState('source')
  const [rule, setRule] = useUrlState('rule')
  const [file, setFile] = useUrlState('file')
  const [column, setColumn] = useUrlState('column')
  const [given, setGiven] = useState<File | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const facets = useGet<QuarantineFacets>('/quarantine/facets')
  const filter = useMemo<QuarantineFilter>(
    () => ({ ...(source && { source }), ...(rule && { rule }), ...(file && { file }), ...(column && { column }) }),
    [source, rule, file, column],
  )
  const choose = (
    label: string,
    value: string,
    onChange: (value: string) => void,
    rows: readonly { name: string; count: number }[] = [],
    words: (name: string) => string = name => name,
  ) => (
    <Select
      aria-label={label}
      style={{ minWidth: 150 }}
      popupMatchSelectWidth={false}
      value={value}
      onChange={onChange}
      options={[
        { value: '', label: `${label}: ${t('mend.all')}` },
        ...rows
          .filter(row => row.name !== '')
          .map(row => ({ value: row.name, label: `${words(row.name)} (${number(row.count)})` })),
      ]}
    />
  )
  return (
    <Panel title={t('src.tab-quarantine')} note={t('mend.note')} flush>
      <div className="toolbar" style={{ padding: '0 16px' }}>
        <Segmented
          value={view}
          onChange={setView}
          options={[
            { value: 'alike', label: t('mend.alike') },
            { value: 'rows', label: t('mend.rows') },
            { value: 'history', label: t('mend.history') },
          ]}
        />
        {view === 'history' ? null : (
          <>
            {choose(t('src.name'), source, setSource, facets.data?.sources, name => term('source', name))}
            {choose(t('quality.rule'), rule, setRule, facets.data?.rules, name => term('refusal', name))}
            {choose(t('quarantine.file'), file, setFile, facets.data?.files)}
            {choose(t('quarantine.column'), column, setColumn, facets.data?.columns)}
          </>
        )}
        {may('collect.import') && view !== 'history' ? (
          <span className="row tight" style={{ marginLeft: 'auto' }}>
            <Button icon={<DownloadOutlined />} href={apiPath('/quarantine.csv', { ...filter })} download>
              {t('mend.download')}
            </Button>
            <Button icon={<UploadOutlined />} onClick={() => input.current?.click()}>
              {t('mend.upload')}
            </Button>
            <input
              ref={input}
              type="file"
              accept=".csv,.txt,text/csv"
              tabIndex={-1}
              aria-label={t('mend.upload')}
              style={{ display: 'none' }}
              onChange={event => {
                setGiven(event.target.files?.[0] ?? null)
                event.target.value = ''
              }}
            />
          </span>
        ) : null}
      </div>
      {view === 'history' ? (
        <MendHistoryList />
      ) : view === 'rows' ? (
        <QuarantineRowTable key={JSON.stringify(filter)} filter={filter} />
      ) : (
        <QuarantineGroupTable filter={filter} />
      )}
      {given ? <MendedFile file={given} onClose={() => setGiven(null)} /> : null}
    </Panel>
  )
}
