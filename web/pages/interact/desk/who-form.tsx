import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Checkbox, Panel, Radio, TextField, useProblem } from '../../../kit/index.ts'
import { CallerName } from './call-banner.tsx'
import type { CallView, WhoBody } from './types.ts'
import { noteCall } from './use-calls.ts'
import { useDeskChange } from './use-change.ts'

type Said = NonNullable<WhoBody['said']>
const FIELDS = ['name', 'birthDate', 'account', 'idEnd', 'postcode', 'phone'] as const

/** Nobody is shown before the caller said who it is: two facts that fit, one of them hard to know. */
export function WhoForm({ call }: { call: CallView }) {
  const { t, term } = useText()
  const problem = useProblem()
  const [said, setSaid] = useState<Said>({})
  const [customerId, setCustomer] = useState<number | undefined>(undefined)
  const ask = useDeskChange<CallView>(noteCall)
  const asked = new Set(call.candidates.flatMap(candidate => candidate.ask))
  const filled = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '' && value !== false)) as Said
  const submit = (): void => {
    if (ask.isPending) return
    const body: WhoBody = { said: filled, ...(customerId ? { customerId } : {}) }
    ask.mutate({ method: 'POST', path: `/desk/calls/${encodeURIComponent(call.callId)}/who`, body })
  }
  return (
    <Panel title={t('caller.title')} note={<CallerName call={call} />}>
      <form
        className="stack tight"
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        {ask.error ? <Callout tone="bad">{problem(ask.error)}</Callout> : null}
        {call.wrong > 0 && !ask.error ? (
          <Callout tone="warn">{t('caller.wrong', { count: call.wrong })}</Callout>
        ) : null}
        {call.candidates.length > 0 ? (
          <div className="field">
            <span className="label">{t('caller.one-of', { count: call.candidates.length })}</span>
            <Radio.Group
              aria-label={t('caller.one-of', { count: call.candidates.length })}
              value={customerId ?? 0}
              onChange={event => setCustomer(Number(event.target.value) || undefined)}
              options={[
                { value: 0, label: t('caller.not-said') },
                ...call.candidates.map(({ customerId: id, name, kind }) => ({
                  value: id,
                  label: `${name} · ${term('kind', kind)} · #${id}`,
                })),
              ]}
            />
          </div>
        ) : null}
        <div className="who-fields">
          {FIELDS.map(field => (
            <TextField
              key={field}
              label={
                <>
                  {t(`caller.${field}`)}{' '}
                  {asked.has(field as never) ? <span className="muted">{t('caller.known')}</span> : null}
                </>
              }
              type={field === 'birthDate' ? 'date' : 'text'}
              autoComplete="off"
              maxLength={field === 'idEnd' ? 4 : 100}
              value={(said[field] as string | undefined) ?? ''}
              onChange={value => setSaid(before => ({ ...before, [field]: value }))}
            />
          ))}
        </div>
        {customerId ? (
          <Checkbox
            checked={said.document ?? false}
            onChange={event => setSaid(before => ({ ...before, document: event.target.checked }))}
          >
            {t('caller.document')}
          </Checkbox>
        ) : null}
        <Button type="primary" htmlType="submit" loading={ask.isPending} disabled={Object.keys(filled).length === 0}>
          {t('caller.check')}
        </Button>
        <p className="small muted">{t('caller.hint')}</p>
      </form>
    </Panel>
  )
}
