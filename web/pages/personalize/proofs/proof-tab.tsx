import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Figures, Panel, Progress, useProblem, useUrlState } from '../../../kit/index.ts'
import { AddMember } from './add-member.tsx'
import { ProofCoverage } from './proof-coverage.tsx'
import { ProofReview } from './proof-review.tsx'
import type { ProofRun, Proofs } from './types.ts'
import { useProofChange } from './use-proof-change.ts'

/** The proof set of a template and the proof of one of its versions, for the page of the template. */
export function ProofTab({ templateId, versionId }: { templateId: string; versionId: number }) {
  const query = useGet<Proofs>(`/templates/${templateId}/proofs`, {
    query: { version: versionId },
    every: data => (data?.newest?.state === 'running' ? 1500 : false),
    keep: true,
  })
  return (
    <Async query={query} lines={10}>
      {proofs => <ProofView templateId={templateId} version={versionId} proofs={proofs} />}
    </Async>
  )
}

interface ViewProps {
  templateId: string
  version: number
  proofs: Proofs
}

function ProofView({ templateId, version, proofs }: ViewProps) {
  const { t } = useText()
  const may = useMay()
  const problem = useProblem()
  const change = useProofChange(templateId)
  const [adding, setAdding] = useState(false)
  const [view, setView] = useUrlState('proof', 'documents')
  const run = proofs.newest
  const running = run?.state === 'running'
  const start = (choose: boolean) =>
    change.mutate({ method: 'POST', path: `/templates/${templateId}/proofs`, body: { version, choose } })
  const actions = may('content.write') ? (
    <div className="row wrap">
      <Button type="primary" loading={change.isPending || running} onClick={() => start(true)}>
        {t('proof.choose')}
      </Button>
      {proofs.set.length > 0 ? (
        <Button disabled={running} onClick={() => start(false)}>
          {t('proof.again')}
        </Button>
      ) : null}
      <Button onClick={() => setAdding(true)}>{t('proof.add')}</Button>
    </div>
  ) : null
  return (
    <div className="stack">
      {actions}
      {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
      <AddMember templateId={templateId} version={version} open={adding} onClose={() => setAdding(false)} />
      {run ? (
        <>
          <Progressing run={run} />
          <ProofFigures run={run} onCoverage={() => setView(view === 'coverage' ? 'documents' : 'coverage')} />
          {view === 'coverage' ? <ProofCoverage run={run} /> : null}
          {run.results.length > 0 ? <ProofReview templateId={templateId} run={run} set={proofs.set} /> : null}
        </>
      ) : (
        <Panel>
          <Blank title={t('proof.none')}>{t('proof.none-hint')}</Blank>
        </Panel>
      )}
    </div>
  )
}

function Progressing({ run }: { run: ProofRun }) {
  const { t, number } = useText()
  if (run.state === 'failed')
    return (
      <Callout tone="bad" title={t('proof.failed')}>
        {run.error}
      </Callout>
    )
  if (run.state !== 'running') return null
  const counts = { done: number(run.done), total: number(run.members) }
  // More than a set can hold: customers are still being looked through.
  const choosing = run.members > 150
  return (
    <Panel>
      <p role="status">{t(choosing ? 'proof.choosing' : 'proof.making', counts)}</p>
      <Progress percent={Math.round((100 * run.done) / Math.max(1, run.members))} />
    </Panel>
  )
}

function ProofFigures({ run, onCoverage }: { run: ProofRun; onCoverage: () => void }) {
  const { t, number, day } = useText()
  const { branches, taken } = run.coverage
  const seen = branches.filter(branch => !branch.unseen)
  const changed = run.results.filter(result => result.changed).length
  return (
    <Figures
      items={[
        {
          id: 'documents',
          label: t('proof.documents'),
          value: number(run.results.length),
          note: t('proof.documents-note', { day: day(run.asOf) }),
        },
        {
          id: 'changed',
          label: t('proof.changed'),
          value: number(changed),
          note:
            run.baseVersion === null ? t('proof.first') : t('proof.changed-note', { version: String(run.baseVersion) }),
        },
        {
          id: 'open',
          label: t('proof.open'),
          value: number(run.open),
          tone: run.open > 0 ? 'warn' : 'good',
          note: t('proof.open-note'),
        },
        {
          id: 'branches',
          label: t('proof.branches'),
          value: `${number(taken.length)} / ${number(seen.length)}`,
          note: (
            <Button type="link" size="small" className="plain-link" onClick={onCoverage}>
              {t('proof.branches-note', { count: number(seen.length - taken.length) })}
            </Button>
          ),
        },
      ]}
    />
  )
}
