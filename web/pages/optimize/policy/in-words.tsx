import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { send } from '../../../api/client.ts'
import type { PolicyDetail } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Chip, useLater } from '../../../kit/index.ts'
import type { PolicyDraft } from './use-policy-draft.ts'

/** Every rule as a sentence; what the draft says anew is marked, what it takes away is struck out. */
export function InWords({ detail, draft }: { detail: PolicyDetail; draft: PolicyDraft }) {
  const { say, term, t } = useText()
  const settled = useLater(draft.policy, 300)
  const words = useQuery({
    queryKey: ['/contact-policy/words', settled],
    queryFn: () => send<{ rules: PolicyDetail['rules'] }>('POST', '/contact-policy/words', { policy: settled }),
    enabled: draft.changed,
    placeholderData: keepPreviousData,
  })
  const now = draft.changed ? (words.data?.rules ?? detail.rules) : detail.rules
  const key = (rule: PolicyDetail['rules'][number]) => `${say(rule.name)} ${rule.channels.join()}`
  const before = new Set(detail.rules.map(key))
  const after = new Set(now.map(key))
  const line = (rule: PolicyDetail['rules'][number], state: 'same' | 'new' | 'gone') => (
    <li key={`${state} ${rule.id}`} className={state === 'gone' ? 'row tight struck' : 'row tight'}>
      <span>{say(rule.name)}</span>
      {rule.channels.length > 0 && rule.channels.length < 5
        ? rule.channels.map(channel => <Chip key={channel}>{term('channel', channel)}</Chip>)
        : null}
      {state === 'new' ? <Chip tone="accent">{t('rule.new')}</Chip> : null}
    </li>
  )
  return (
    <ol className="plain stack tight">
      {now.map(rule => line(rule, before.has(key(rule)) ? 'same' : 'new'))}
      {detail.rules.filter(rule => !after.has(key(rule))).map(rule => line(rule, 'gone'))}
    </ol>
  )
}
