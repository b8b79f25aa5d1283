import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, DataTable, useProblem } from '../../../kit/index.ts'
import type { MartSample, TargetDefinition } from './types.ts'
import { useChange } from './use-change.ts'

/** The form of what would go, masked. */
export function Sample({ definition }: { definition: TargetDefinition }) {
  const { t, number } = useText()
  const problem = useProblem()
  const [of, setOf] = useState('')
  const { mart, columns, where } = definition
  const now = JSON.stringify({ mart, columns, where })
  const sample = useChange<MartSample>()
  const show = () => {
    setOf(now)
    sample.mutate({ method: 'POST', path: '/marts/sample', body: { mart, columns, where } })
  }
  return (
    <div className="stack tight">
      <div>
        <Button size="small" loading={sample.isPending} onClick={show}>
          {t('gb.sample-show')}
        </Button>
      </div>
      {sample.error ? <Callout tone="bad">{problem(sample.error)}</Callout> : null}
      {sample.data && of === now ? (
        <>
          <span className="soft">{t('gb.sample-note', { total: number(sample.data.total) })}</span>
          <DataTable
            wide
            caption={t('gb.sample')}
            columns={sample.data.columns.map((name, i) => ({
              id: name,
              title: name,
              cell: ({ row }: { row: string[] }) => row[i],
            }))}
            rows={sample.data.rows.map((row, id) => ({ id, row }))}
            rowId={({ id }) => id}
          />
        </>
      ) : null}
    </div>
  )
}
