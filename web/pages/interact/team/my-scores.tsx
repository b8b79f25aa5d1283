import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Page, Panel } from '../../../kit/index.ts'
import { Means } from './means.tsx'
import { SampleTable } from './sample-table.tsx'
import type { SampleList } from './types.ts'

/** An agent's own calls as they were heard. */
export default function MyScoresPage() {
  const { t } = useText()
  const query = useGet<SampleList>('/team/my-scores')
  return (
    <Page title={t('nav.my-scores')} lead={t('tl.my-lead')}>
      <Async query={query} lines={6}>
        {({ rows, means, criteria }) => (
          <div className="stack">
            <Means rows={means} />
            <Panel flush>
              <SampleTable rows={rows} criteria={criteria} empty={<Blank title={t('tl.no-scores')} />} />
            </Panel>
          </div>
        )}
      </Async>
    </Page>
  )
}
