import type { ArchiveView } from '../../../api/ledger.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async } from '../../../kit/index.ts'
import { HoldList } from './hold-list.tsx'
import { RetentionRuns } from './retention-runs.tsx'
import { RuleList } from './rule-list.tsx'

/** How long what is kept, what the law holds, and what was deleted. */
export function ArchiveTab() {
  const { t } = useText()
  const archive = useGet<ArchiveView>('/archive')
  return (
    <div className="stack">
      <Async query={archive} lines={8}>
        {({ rules, folder, runs }) => (
          <>
            <RuleList rules={rules} />
            <p className="small muted break">{t('archive.folder', { folder })}</p>
            <HoldList />
            <RetentionRuns runs={runs} />
          </>
        )}
      </Async>
    </div>
  )
}
