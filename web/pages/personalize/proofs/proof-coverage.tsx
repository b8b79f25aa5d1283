import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Checkbox, Chip, DataTable, Panel } from '../../../kit/index.ts'
import type { ProofRun } from './types.ts'

/** Which ways of the template the documents of the proof go, and which nobody goes. */
export function ProofCoverage({ run }: { run: ProofRun }) {
  const { t, term } = useText()
  const [missing, setMissing] = useState(true)
  const taken = new Set(run.coverage.taken)
  const rows = run.coverage.branches.filter(branch => !missing || (!branch.unseen && !taken.has(branch.id)))
  return (
    <Panel
      title={t('proof.coverage')}
      note={t('proof.coverage-note')}
      flush
      extra={
        <Checkbox checked={missing} onChange={event => setMissing(event.target.checked)}>
          {t('proof.missing-branches')}
        </Checkbox>
      }
    >
      <DataTable
        rows={rows}
        rowId={row => row.id}
        caption={t('proof.coverage')}
        columns={[
          { id: 'file', title: t('proof.file'), cell: row => `${row.file}:${row.line}`, by: row => row.file },
          { id: 'condition', title: t('proof.condition'), cell: row => <code className="break">{row.condition}</code> },
          { id: 'way', title: t('proof.way'), cell: row => term('proof.way', row.way) },
          {
            id: 'taken',
            title: t('proof.taken'),
            cell: row =>
              row.unseen ? (
                <span className="soft">{t('proof.unseen')}</span>
              ) : (
                <Chip tone={taken.has(row.id) ? 'good' : 'warn'}>
                  {t(taken.has(row.id) ? 'proof.yes' : 'proof.no')}
                </Chip>
              ),
          },
        ]}
      />
    </Panel>
  )
}
