import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, send } from '../../../api/client.ts'
import type { EffectTask, PolicyDetail } from '../../../api/planning.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Modal,
  modKey,
  Progress,
  TextAreaField,
  useHotkeys,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { EffectView } from './effect-view.tsx'
import type { PolicyDraft } from './use-policy-draft.ts'

/** What is not released yet: its effect counted first, then released or dropped. */
export function DraftBar({ detail, draft }: { detail: PolicyDetail; draft: PolicyDraft }) {
  const { t } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  const { policy, changed } = draft
  const effect = useMutation({
    mutationFn: (of: typeof policy) => send<EffectTask>('POST', '/contact-policy/effect', { policy: of }),
  })
  const fresh = JSON.stringify(effect.variables) === JSON.stringify(policy)
  const running = fresh && effect.data?.state === 'running'
  const later = useQuery({
    queryKey: ['effect-task', effect.data?.id],
    queryFn: () => get<EffectTask>(`/contact-policy/effect/${effect.data?.id}`),
    enabled: running,
    refetchInterval: query => (query.state.data?.state === 'done' ? false : 800),
  })
  const task = later.data ?? effect.data
  const release = useMutation({
    mutationFn: () => send<PolicyDetail>('POST', '/contact-policy/release', { policy, version: detail.version, note }),
    onSuccess: async ({ version }) => {
      toast.done(t('rule.released', { version }))
      setAsking(false)
      draft.drop()
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/contact-policy') })
    },
  })
  const count = () => (changed && !effect.isPending ? effect.mutate(policy) : undefined)
  useHotkeys({ 'mod+Enter': count })
  if (!may('plan.write')) return null
  return (
    <div className="stack no-print">
      <Callout
        tone={changed ? 'warn' : 'info'}
        title={changed ? t('rule.draft') : t('rule.in-force', { version: detail.version })}
        extra={
          <span className="row">
            <Button disabled={!changed} onClick={draft.drop}>
              {t('rule.drop')}
            </Button>
            <Button disabled={!changed} loading={effect.isPending || running} onClick={count}>
              {t('rule.effect')} <kbd className="in-button">{modKey} ↵</kbd>
            </Button>
            <Button type="primary" disabled={!changed} onClick={() => setAsking(true)}>
              {t('rule.release')}
            </Button>
          </span>
        }
      >
        {changed ? t('rule.draft-note') : t('rule.in-force-note')}
      </Callout>
      {effect.error ? <Callout tone="bad">{problem(effect.error)}</Callout> : null}
      {later.error ? <Callout tone="bad">{problem(later.error)}</Callout> : null}
      {running && task?.state === 'running' ? (
        <Progress percent={Math.round((100 * task.done) / task.total)} aria-label={t('rule.counting')} />
      ) : null}
      {fresh && changed && task?.result ? <EffectView effect={task.result} /> : null}
      <Modal
        open={asking}
        onCancel={() => setAsking(false)}
        title={t('rule.release')}
        okText={t('rule.release')}
        onOk={() => release.mutate()}
        confirmLoading={release.isPending}
      >
        <div className="stack">
          {release.error ? <Callout tone="bad">{problem(release.error)}</Callout> : null}
          <p>{t('rule.release-what')}</p>
          {fresh && task?.result ? null : <Callout tone="warn">{t('rule.not-counted')}</Callout>}
          <TextAreaField label={t('rule.why')} rows={2} value={note} maxLength={2000} onChange={setNote} />
        </div>
      </Modal>
    </div>
  )
}
