import { UploadOutlined } from '@ant-design/icons'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { PrintRunDetail, PrintRunView } from '../../../../src/interact/print-runs/api.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Field, Figures, Input, Panel, useProblem, useToast } from '../../../kit/index.ts'
import { readReport } from './read-report.ts'
import { useChange } from './use-change.ts'

const STATES = ['inserted', 'damaged', 'missing', 'reprinted', 'unreported'] as const

/** What the inserter said, and what is printed once more because of it. */
export function Reports({ run }: { run: PrintRunDetail }) {
  const { t, number } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const go = useNavigate()
  const file = useRef<HTMLInputElement>(null)
  const [pieces, setPieces] = useState('')
  const take = useChange<Record<string, number>>(counts =>
    toast.done(t('pr.taken', { count: Object.values(counts).reduce((sum, each) => sum + each, 0) })),
  )
  const reprint = useChange<PrintRunView>(made => {
    toast.done(t('pr.started', { id: made.id }))
    void go(`/print-runs/${made.id}`)
  })
  const named = pieces
    .split(/[\s,，;]+/)
    .filter(Boolean)
    .map(Number)
  const spoiled = (run.reports['damaged'] ?? 0) + (run.reports['missing'] ?? 0)
  const error = take.error ?? reprint.error
  return (
    <Panel title={t('pr.reports')} note={t('pr.take-hint')}>
      <div className="stack">
        <Figures
          items={STATES.map(state => ({
            id: state,
            label: t(`pr.report.${state}`),
            value: number(run.reports[state] ?? 0),
            tone: (state === 'damaged' || state === 'missing') && run.reports[state] ? ('bad' as const) : undefined,
          }))}
        />
        {may('print.run') ? (
          <div className="row">
            <input
              ref={file}
              type="file"
              accept=".csv,text/csv"
              hidden
              aria-label={t('pr.take')}
              onChange={async event => {
                const chosen = event.target.files?.[0]
                event.target.value = ''
                if (chosen)
                  take.mutate({
                    method: 'POST',
                    path: `/print-runs/${run.id}/report`,
                    body: { rows: readReport(await chosen.text()) },
                  })
              }}
            />
            <Button icon={<UploadOutlined />} loading={take.isPending} onClick={() => file.current?.click()}>
              {t('pr.take')}
            </Button>
            <Button
              disabled={spoiled === 0}
              loading={reprint.isPending}
              onClick={() =>
                reprint.mutate({ method: 'POST', path: `/print-runs/${run.id}/reprint`, body: { pieces: [] } })
              }
            >
              {t('pr.reprint')}: {t('pr.reprint-spoiled')} ({number(spoiled)})
            </Button>
            <Field label={t('pr.reprint-named')}>
              {id => (
                <Input id={id} value={pieces} placeholder="17, 18" onChange={event => setPieces(event.target.value)} />
              )}
            </Field>
            <Button
              disabled={named.length === 0 || named.some(Number.isNaN)}
              loading={reprint.isPending}
              onClick={() =>
                reprint.mutate({ method: 'POST', path: `/print-runs/${run.id}/reprint`, body: { pieces: named } })
              }
            >
              {t('pr.reprint-do')}
            </Button>
          </div>
        ) : null}
        {error ? <p className="bad">{problem(error)}</p> : null}
      </div>
    </Panel>
  )
}
