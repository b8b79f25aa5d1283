import type { PolicyDetail } from '../../../api/planning.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Panel } from '../../../kit/index.ts'
import { BlackoutRules } from './blackout-rules.tsx'
import { DraftBar } from './draft-bar.tsx'
import { InWords } from './in-words.tsx'
import { LimitRules } from './limit-rules.tsx'
import { OtherRules } from './other-rules.tsx'
import { QuietRules } from './quiet-rules.tsx'
import { usePolicyDraft } from './use-policy-draft.ts'
import { Versions } from './versions.tsx'

/** One policy for all channels and campaigns: every rule, what a change would do, and who released what. */
export function PolicyTab() {
  const detail = useGet<PolicyDetail>('/contact-policy/rules')
  return (
    <Async query={detail} lines={12}>
      {data => <Editor key={data.version} detail={data} />}
    </Async>
  )
}

function Editor({ detail }: { detail: PolicyDetail }) {
  const { t } = useText()
  const may = useMay()
  const draft = usePolicyDraft(detail)
  const locked = !may('plan.write')
  const part = { policy: draft.policy, change: draft.change, locked }
  return (
    <div className="stack">
      <DraftBar detail={detail} draft={draft} />
      <Panel title={t('rule.words')} note={t('rule.words-note')}>
        <InWords detail={detail} draft={draft} />
      </Panel>
      <Panel title={t('rule.limits')} note={t('rule.limits-note')} flush>
        <LimitRules {...part} />
      </Panel>
      <Panel title={t('rule.blackouts')} note={t('rule.blackouts-note')} flush>
        <BlackoutRules {...part} events={detail.events} />
      </Panel>
      <Panel title={t('rule.quiet')} note={t('rule.quiet-note')} flush>
        <QuietRules {...part} />
      </Panel>
      <Panel title={t('rule.other')}>
        <OtherRules {...part} events={detail.events} />
      </Panel>
      <Panel title={t('rule.versions')} note={t('rule.versions-note')} flush>
        <Versions current={detail.version} locked={locked} />
      </Panel>
    </div>
  )
}
