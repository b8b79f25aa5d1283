import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../api/client.ts'
import type { OfferList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Button, Callout, Checkbox, Drawer, Field, InputNumber, useProblem, useToast } from '../../kit/index.ts'

type Offer = OfferList['rows'][number]
type Numbers = Offer['numbers']

interface Props {
  offer: Offer
  channels: readonly string[]
  currency: string
  onClose: () => void
}

/** What an offer brings, by which channels it goes, and how many of it there are at least and at most. */
export function OfferForm({ offer, channels, currency, onClose }: Props) {
  const { t, say, term } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [numbers, setNumbers] = useState<Numbers>(offer.numbers)
  const set = (part: Partial<Numbers>) => setNumbers(now => ({ ...now, ...part }))
  const save = useMutation({
    mutationFn: (to: Numbers) => send<OfferList>('PUT', `/offers/${encodeURIComponent(offer.id)}`, to),
    onSuccess: async () => {
      toast.done(t('offers.saved'))
      await client.invalidateQueries({ queryKey: ['/offers'] })
      onClose()
    },
  })
  const { priorAcceptance } = numbers
  const crossed = numbers.maximum !== null && numbers.minimum > numbers.maximum
  const nowhere = Object.keys(priorAcceptance).length === 0
  const number = (label: string, value: number | null, put: (value: number | null) => void, whole = false) => (
    <Field label={label}>
      {id => (
        <InputNumber
          id={id}
          min={0}
          {...(whole ? { precision: 0 } : { step: 0.5 })}
          value={value}
          placeholder="–"
          status={crossed && whole ? 'error' : ''}
          onChange={next => put(next === null ? null : Number(next))}
        />
      )}
    </Field>
  )
  const share = (label: string, value: number, put: (value: number) => void) => (
    <Field label={label}>
      {id => (
        <InputNumber
          id={id}
          min={0}
          max={100}
          step={0.1}
          suffix="%"
          value={Number((value * 100).toFixed(3))}
          onChange={next => (next === null ? undefined : put(Number(next) / 100))}
        />
      )}
    </Field>
  )
  return (
    <Drawer
      open
      onClose={onClose}
      title={say(offer.name)}
      size="large"
      footer={
        <div className="row end">
          <Button onClick={() => setNumbers(offer.numbers)}>{t('offers.as-it-was')}</Button>
          <Button
            type="primary"
            disabled={crossed || nowhere}
            loading={save.isPending}
            onClick={() => save.mutate(numbers)}
          >
            {t('offers.save')}
          </Button>
        </div>
      }
    >
      <div className="stack">
        <p className="soft">{t('offers.form-help')}</p>
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        {crossed ? <Callout tone="bad">{t('limits.crossed')}</Callout> : null}
        <div className="fields policy-fields">
          {number(t('offers.minimum'), numbers.minimum, value => set({ minimum: value ?? 0 }), true)}
          {number(t('offers.maximum'), numbers.maximum, value => set({ maximum: value }), true)}
          {number(t('offers.margin-in', { currency }), numbers.marginMinor / 100, value =>
            value === null ? undefined : set({ marginMinor: Math.round(value * 100) }),
          )}
          {number(t('offers.cost-in', { currency }), numbers.benefitCostMinor / 100, value =>
            value === null ? undefined : set({ benefitCostMinor: Math.round(value * 100) }),
          )}
          {share(t('offers.margin-rate'), numbers.marginRate, marginRate => set({ marginRate }))}
          {share(t('offers.incrementality'), numbers.incrementality, incrementality => set({ incrementality }))}
        </div>
        <h3>{t('offers.prior')}</h3>
        <p className="small muted">{t('offers.prior-help')}</p>
        {nowhere ? <Callout tone="bad">{t('offers.no-channel')}</Callout> : null}
        {channels.map(channel => {
          const its = priorAcceptance[channel]
          return (
            <div key={channel} className="row rule-line">
              <Checkbox
                checked={its !== undefined}
                onChange={event => {
                  const { [channel]: _, ...rest } = priorAcceptance
                  set({ priorAcceptance: event.target.checked ? { ...rest, [channel]: 0.02 } : rest })
                }}
              >
                {term('channel', channel)}
              </Checkbox>
              {its === undefined ? null : (
                <InputNumber
                  min={0}
                  max={100}
                  step={0.1}
                  suffix="%"
                  aria-label={`${t('offers.prior')} ${term('channel', channel)}`}
                  value={Number((its * 100).toFixed(3))}
                  onChange={next =>
                    next === null
                      ? undefined
                      : set({ priorAcceptance: { ...priorAcceptance, [channel]: Number(next) / 100 } })
                  }
                />
              )}
            </div>
          )
        })}
      </div>
    </Drawer>
  )
}
