import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, DataTable, Drawer, useProblem } from '../../../kit/index.ts'
import type { ModelList } from './types.ts'

/** Versions of the classifier: what each was made of and how good it is on what it had not seen. */
export function LearningDrawer({ onClose }: { onClose: () => void }) {
  const { t, number, percent, instant } = useText()
  const may = useMay()
  const problem = useProblem()
  const query = useGet<ModelList>('/inbox/models')
  const change = useChangeOf<ModelList>(['/inbox/models'])
  return (
    <Drawer open size={640} title={t('ib.learning')} onClose={onClose}>
      <div className="stack">
        <p>{t('ib.learning-lead')}</p>
        <Async query={query}>
          {({ rows, waiting }) => (
            <>
              <div className="toolbar">
                <span>{t('ib.waiting', { n: number(waiting) })}</span>
                {may('inbox.work') ? (
                  <Button
                    loading={change.isPending}
                    onClick={() => change.mutate({ method: 'POST', path: '/inbox/models', body: {} })}
                  >
                    {t('ib.learn-now')}
                  </Button>
                ) : null}
              </div>
              {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
              <DataTable
                caption={t('ib.learning')}
                rows={rows}
                rowId={row => row.version}
                columns={[
                  { id: 'version', title: t('ib.version'), cell: row => `${row.version} · ${instant(row.madeAt)}` },
                  {
                    id: 'labels',
                    title: t('ib.labels'),
                    right: true,
                    cell: row => `${number(row.seed)} + ${number(row.labels)}`,
                  },
                  {
                    id: 'f1',
                    title: 'F1',
                    right: true,
                    cell: row => (
                      <span
                        title={Object.entries(row.f1By)
                          .map(([name, f1]) => `${name} ${percent(f1, 0)}`)
                          .join(' · ')}
                      >
                        {percent(row.f1, 1)}
                      </span>
                    ),
                  },
                ]}
              />
            </>
          )}
        </Async>
      </div>
    </Drawer>
  )
}
