import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { send } from '../../../../api/client.ts'
import { useGet } from '../../../../api/queries.ts'
import type { CriteriaList, Made, Suggestion } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Drawer,
  Field,
  InputNumber,
  Progress,
  Select,
  useNarrow,
  useProblem,
} from '../../../../kit/index.ts'
import { SuggestionView } from './suggestion-view.tsx'

/** Groups found among the customers who bought, told apart by rules that people can read. */
export function Suggest({ onClose }: { onClose: () => void }) {
  const { t, say } = useText()
  const navigate = useNavigate()
  const narrow = useNarrow()
  const problem = useProblem()
  const criteria = useGet<CriteriaList>('/segments/criteria')
  const [features, setFeatures] = useState<string[]>([])
  const [from, setFrom] = useState(3)
  const [to, setTo] = useState(8)
  const start = useMutation({
    mutationFn: () =>
      send<Made>('POST', '/segments/suggestions', { from, to, ...(features.length > 0 ? { features } : {}) }),
  })
  const found = useGet<Suggestion>(`/segments/suggestions/${start.data?.id}`, {
    enabled: start.data !== undefined,
    every: data => (data && (data.state === 'done' || data.state === 'failed') ? false : 700),
  })
  const accept = useMutation({
    mutationFn: () =>
      send<Made>('POST', `/segments/suggestions/${start.data?.id}/accept`, { name: t('seg.suggested') }),
    onSuccess: ({ id }) => void navigate(`/segments/rules/${id}`),
  })
  const running = start.isPending || found.data?.state === 'running' || found.data?.state === 'waiting'
  const failed = start.error ?? found.error ?? accept.error
  return (
    <Drawer open onClose={onClose} size={narrow ? '100%' : 760} title={t('seg.suggest')}>
      <div className="stack">
        <p>{t('seg.suggest-what')}</p>
        <Async query={criteria} lines={3}>
          {data => (
            <div className="fields">
              <Field label={t('seg.group-by')}>
                {id => (
                  <Select
                    id={id}
                    mode="multiple"
                    placeholder={t('seg.group-by-usual')}
                    value={features}
                    onChange={setFeatures}
                    optionFilterProp="label"
                    options={data.rows
                      .filter(({ domain }) => domain.kind === 'number')
                      .map(criterion => ({ value: criterion.id, label: say(criterion.name) }))}
                  />
                )}
              </Field>
              <Field label={t('seg.how-many')}>
                {id => (
                  <span className="row tight">
                    <InputNumber id={id} min={2} max={to} value={from} onChange={value => setFrom(value ?? 2)} />
                    –
                    <InputNumber
                      min={from}
                      max={12}
                      value={to}
                      aria-label={t('seg.how-many')}
                      onChange={value => setTo(value ?? 12)}
                    />
                  </span>
                )}
              </Field>
            </div>
          )}
        </Async>
        <div className="row">
          <Button type="primary" loading={running} onClick={() => start.mutate()}>
            {t('seg.look-for-groups')}
          </Button>
        </div>
        {failed ? <Callout tone="bad">{problem(failed)}</Callout> : null}
        {found.data?.error ? <Callout tone="bad">{say(found.data.error)}</Callout> : null}
        {running ? (
          <Progress percent={Math.round(100 * (found.data?.done ?? 0))} aria-label={t('seg.look-for-groups')} />
        ) : null}
        {found.data?.result ? (
          <SuggestionView result={found.data.result} busy={accept.isPending} onAccept={() => accept.mutate()} />
        ) : null}
      </div>
    </Drawer>
  )
}
