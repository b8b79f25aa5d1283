import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, Field, InputNumber, Panel, useProblem, useToast } from '../../../kit/index.ts'
import type { CallLimitsView } from './types.ts'
import { useDeskChange } from './use-change.ts'

/** How long a call rings and lasts at most: what is longer is over, though the telephone system never said so. */
export function CallLimits() {
  const { t } = useText()
  const limits = useGet<CallLimitsView>('/desk/call-limits')
  return (
    <Panel title={t('limits.title')} note={t('limits.note')}>
      <Async query={limits} lines={2}>
        {data => <Form key={`${data.ringMinutes} ${data.talkMinutes}`} limits={data} />}
      </Async>
    </Panel>
  )
}

function Form({ limits }: { limits: CallLimitsView }) {
  const { t } = useText()
  const problem = useProblem()
  const toast = useToast()
  const [now, setNow] = useState(limits)
  const save = useDeskChange<CallLimitsView>(() => toast.done(t('limits.saved')))
  const changed = now.ringMinutes !== limits.ringMinutes || now.talkMinutes !== limits.talkMinutes
  return (
    <div className="stack tight">
      {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
      <div className="row">
        <Field label={t('limits.ring')}>
          {id => (
            <InputNumber
              id={id}
              min={1}
              max={60}
              value={now.ringMinutes}
              onChange={ringMinutes => setNow({ ...now, ringMinutes: ringMinutes ?? limits.ringMinutes })}
            />
          )}
        </Field>
        <Field label={t('limits.talk')}>
          {id => (
            <InputNumber
              id={id}
              min={5}
              max={720}
              value={now.talkMinutes}
              onChange={talkMinutes => setNow({ ...now, talkMinutes: talkMinutes ?? limits.talkMinutes })}
            />
          )}
        </Field>
        <Button
          disabled={!changed}
          loading={save.isPending}
          onClick={() => save.mutate({ method: 'PUT', path: '/desk/call-limits', body: now })}
        >
          {t('limits.save')}
        </Button>
      </div>
    </div>
  )
}
