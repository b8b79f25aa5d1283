import type { ArchiveView } from '../../../api/ledger.ts'
import { useMay } from '../../../api/session.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Button, Panel, useProblem, useToast } from '../../../kit/index.ts'

export function RetentionRuns({ runs }: { runs: ArchiveView['runs'] }) {
  const { t, term, day, instant, number } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const start = useChangeOf<{ job: string }>(['/archive', '/communications'], () => toast.done(t('archive.run-asked')))
  return (
    <Panel
      title={t('archive.runs')}
      extra={
        may('archive.manage') ? (
          <Button
            loading={start.isPending}
            onClick={() =>
              start.mutate(
                { method: 'POST', path: '/archive/retention' },
                { onError: error => toast.failed(problem(error)) },
              )
            }
          >
            {t('archive.run-now')}
          </Button>
        ) : null
      }
    >
      {runs.length === 0 ? (
        <Blank title={t('archive.runs-none')} />
      ) : (
        <ol className="story">
          {runs.map(run => (
            <li key={`${run.at} ${run.kind}`}>
              <time className="small muted">{instant(run.at)}</time>
              <div>
                <span className="strong">{term('comm-kind', run.kind)}</span>{' '}
                {t('archive.run-line', {
                  count: run.communications,
                  shown: number(run.communications),
                  day: day(run.before),
                  files: number(run.files),
                })}
              </div>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
