import { useCallback, useMemo } from 'react'
import type { Policy, PolicyDetail } from '../../../api/planning.ts'
import { useDraft } from '../../../kit/index.ts'

export interface PolicyDraft {
  policy: Policy
  /** Something is not as in force. */
  changed: boolean
  change: (part: Partial<Policy>) => void
  drop: () => void
}

/** The policy as it is being edited; it survives a reload and the change to another tab, until it is released or dropped. */
export function usePolicyDraft(detail: PolicyDetail): PolicyDraft {
  const [draft, set, drop] = useDraft<{ policy: Policy | null }>(`contact-policy-${detail.version}`, () => ({
    policy: null,
  }))
  const policy = draft.policy ?? detail.policy
  const changed = useMemo(() => JSON.stringify(policy) !== JSON.stringify(detail.policy), [policy, detail.policy])
  const change = useCallback((part: Partial<Policy>) => set({ policy: { ...policy, ...part } }), [policy, set])
  return { policy, changed, change, drop }
}
