import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import type { MendPreview, MendResult, QuarantineEntry, QuarantineRow } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, Drawer, Field, Input, modKey, useHotkeys, useProblem } from '../../../kit/index.ts'
import { Discard } from './discard.tsx'
import { useFieldName } from './field-name.ts'
import { useMended } from './use-mended.ts'

/** One refused row with all its cells. */
export function MendRow({ row, onClose }: { row: QuarantineRow; onClose: () => void }) {
  const { t, number } = useText()
  const entry = useGet<QuarantineEntry>(`/quarantine/rows/${row.importId}/${row.rowNo}`)
  return (
    <Drawer open onClose={onClose} size={560} title={t('mend.row-title', { row: number(row.rowNo), file: row.file })}>
      <Async query={entry} lines={10}>
        {data => <MendForm entry={data} onClose={onClose} />}
      </Async>
    </Drawer>
  )
}

function MendForm({ entry, onClose }: { entry: QuarantineEntry; onClose: () => void }) {
  const { t, say } = useText()
  const fieldName = useFieldName()
  const problem = useProblem()
  const mended = useMended()
  const [cells, setCells] = useState<Record<string, string>>({})
  const [discarding, setDiscarding] = useState(false)
  const { importId, rowNo } = entry
  const body = { importId, rowNo, cells }
  const check = useMutation({ mutationFn: () => send<MendPreview>('POST', '/quarantine/rows/preview', body) })
  const apply = useMutation({
    mutationFn: () => send<MendResult>('POST', '/quarantine/rows', body),
    onSuccess: async result => {
      if (result.refused === 0) onClose()
      await mended(result)
    },
  })
  const open = entry.state === 'open' && !entry.cut
  useHotkeys({ 'mod+Enter': () => open && !apply.isPending && apply.mutate() })
  const error = check.error ?? apply.error
  const fault = check.data?.examples[0]?.problem
  return (
    <div className="stack">
      <Callout tone="warn">{say(entry.message)}</Callout>
      {entry.cut ? <Callout tone="bad">{t('mend.cut')}</Callout> : null}
      {error ? <Callout tone="bad">{problem(error)}</Callout> : null}
      {check.data ? <Callout tone={fault ? 'bad' : 'good'}>{fault ? say(fault) : t('mend.would-pass')}</Callout> : null}
      <div className="stack tight">
        {entry.cells.map(cell => (
          <Field key={cell.header} label={`${cell.header} · ${fieldName(cell.field || 'ignore')}`}>
            {id => (
              <Input
                id={id}
                disabled={!open}
                status={cell.header === entry.column ? 'error' : ''}
                value={cells[cell.header] ?? cell.value}
                onChange={event => {
                  check.reset()
                  setCells({ ...cells, [cell.header]: event.target.value })
                }}
              />
            )}
          </Field>
        ))}
      </div>
      {entry.raw && !entry.raw.startsWith('{') ? (
        <div>
          <div className="label small soft">{t('mend.raw')}</div>
          <pre className="mono" style={{ whiteSpace: 'pre-wrap' }}>
            {entry.raw}
          </pre>
        </div>
      ) : null}
      <p className="small muted">{t('mend.logged')}</p>
      {entry.state === 'open' ? (
        <div className="row end">
          <Button type="text" onClick={() => setDiscarding(true)}>
            {t('mend.discard')}
          </Button>
          <Button disabled={!open} loading={check.isPending} onClick={() => check.mutate()}>
            {t('mend.check')}
          </Button>
          <Button type="primary" disabled={!open} loading={apply.isPending} onClick={() => apply.mutate()}>
            {t('mend.apply')} <kbd className="in-button">{modKey} ↵</kbd>
          </Button>
        </div>
      ) : null}
      {discarding ? (
        <Discard count={1} what={{ row: { importId, rowNo } }} onClose={() => setDiscarding(false)} onDone={onClose} />
      ) : null}
    </div>
  )
}
