import { DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { apiPath, send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { KeptRule, RuleList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Chip,
  type Column,
  DataTable,
  Panel,
  Segmented,
  toneOf,
  useProblem,
  useToast,
  useUrlState,
} from '../../../kit/index.ts'
import { fieldName } from './field-name.ts'
import { RuleEditor } from './rule-editor.tsx'

const NEW = '+'
const DIMENSIONS = ['all', 'completeness', 'validity', 'uniqueness', 'consistency', 'freshness']

/** The one list of rules: added to, changed, switched off, saved as a file and taken over from one. */
export function RuleBook() {
  const speech = useText()
  const { t, term, say, instant } = speech
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const list = useGet<RuleList>('/quality/rules')
  const [dimension, setDimension] = useUrlState('dimension', 'all')
  const [open, setOpen] = useUrlState('edit')
  const picker = useRef<HTMLInputElement>(null)
  const takeOver = useMutation({
    mutationFn: async (file: File) =>
      send<{ added: number; changed: number; same: number }>(
        'POST',
        '/quality/rules/file',
        JSON.parse(await file.text()) as unknown,
      ),
    onSuccess: async done => {
      toast.done(t('quality.imported', done))
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/quality') })
    },
  })
  const write = may('quality.write')
  const columns: Column<KeptRule>[] = [
    {
      id: 'field',
      title: t('quality.field'),
      cell: row => <span className="strong">{fieldName(speech, row.field)}</span>,
      by: row => fieldName(speech, row.field),
    },
    { id: 'check', title: t('rules.check'), cell: row => term('check', row.check.kind), by: row => row.check.kind },
    { id: 'message', title: t('quality.rule'), cell: row => <span className="soft">{say(row.message)}</span> },
    {
      id: 'severity',
      title: t('quality.severity'),
      cell: row => <Chip tone={toneOf(row.severity)}>{term('severity', row.severity)}</Chip>,
      by: row => row.severity,
    },
    {
      id: 'owner',
      title: t('quality.owner'),
      cell: row => <span className="soft">{row.owner || '–'}</span>,
      by: row => row.owner,
    },
    {
      id: 'version',
      title: t('rules.versions'),
      right: true,
      cell: row => (
        <span className="row end nowrap-row" title={t('rules.by', { who: row.changedBy, at: instant(row.changedAt) })}>
          {row.enabled ? null : <Chip>{t('rules.off')}</Chip>}
          <span className="muted">{row.version}</span>
        </span>
      ),
      by: row => row.version,
    },
  ]
  return (
    <div className="stack">
      {takeOver.error ? <Callout tone="bad">{problem(takeOver.error)}</Callout> : null}
      <div className="toolbar">
        <div className="scroll-x">
          <Segmented
            value={dimension}
            onChange={setDimension}
            options={DIMENSIONS.map(value => ({ value, label: term('dimension', value) }))}
          />
        </div>
        <span className="grow" />
        <Button icon={<DownloadOutlined />} href={apiPath('/quality/rules/file')} download="quality-rules.json">
          {t('quality.export')}
        </Button>
        {write ? (
          <>
            <Button icon={<UploadOutlined />} loading={takeOver.isPending} onClick={() => picker.current?.click()}>
              {t('quality.import')}
            </Button>
            <input
              ref={picker}
              type="file"
              accept=".json,application/json"
              hidden
              onChange={event => {
                const file = event.target.files?.[0]
                event.target.value = ''
                if (file) takeOver.mutate(file)
              }}
            />
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(NEW)}>
              {t('rules.new')}
            </Button>
          </>
        ) : null}
      </div>
      <Panel title={t('quality.rules')} note={t('rules.note')} flush>
        <Async query={list} lines={10}>
          {data => {
            const chosen = data.rows.find(row => row.id === open)
            return (
              <>
                <DataTable
                  columns={columns}
                  rows={data.rows.filter(row => dimension === 'all' || row.dimension === dimension)}
                  rowId={row => row.id}
                  {...(write ? { onOpen: (row: KeptRule) => setOpen(row.id) } : {})}
                  empty={<Blank title={t('rules.none')} />}
                />
                {chosen || open === NEW ? (
                  <RuleEditor key={open} rule={chosen ?? null} fields={data.fields} onClose={() => setOpen('')} />
                ) : null}
              </>
            )
          }}
        </Async>
      </Panel>
    </div>
  )
}
