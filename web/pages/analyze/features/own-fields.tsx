import { useText } from '../../../i18n/use-text.ts'
import { Field, InputNumber, Select } from '../../../kit/index.ts'
import type { Draft } from './own-draft.ts'
import type { OwnChoices } from './types.ts'

interface FieldsProps {
  draft: Draft
  change: (part: Partial<Draft>) => void
  choices: OwnChoices | undefined
}

const figures = ['money', 'margin', 'orders', 'days', 'lines', 'pieces', 'share', 'since'] as const

/** The fields of the kind chosen. */
export function OwnFields(props: FieldsProps) {
  if (props.draft.over === 'answers') return <AnswerFields {...props} />
  return (
    <>
      {props.draft.over === 'purchases' ? <PurchaseFields {...props} /> : <EventFields {...props} />}
      <WindowFields {...props} />
    </>
  )
}

interface ManyProps<T extends string | number> {
  label: string
  value: T[]
  options: { value: T; label: string }[]
  free?: boolean
  onChange: (value: T[]) => void
}

function Many<T extends string | number>({ label, value, options, free, onChange }: ManyProps<T>) {
  const { t } = useText()
  return (
    <Field label={label}>
      {id => (
        <Select<T[]>
          id={id}
          mode={free ? 'tags' : 'multiple'}
          allowClear
          placeholder={t('own.any')}
          value={value}
          onChange={onChange}
          options={options}
          style={{ width: '100%' }}
        />
      )}
    </Field>
  )
}

const plain = (values: readonly string[] = []) => values.map(value => ({ value, label: value }))

function PurchaseFields({ draft, change, choices }: FieldsProps) {
  const { t, lang } = useText()
  const locale = lang === 'zh-CN' ? 'zh-CN' : 'en-GB'
  const name = (options: Intl.DateTimeFormatOptions, date: Date) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(date)
  return (
    <>
      <div className="columns">
        <Field label={t('own.figure')}>
          {id => (
            <Select
              id={id}
              value={draft.figure}
              onChange={figure => change({ figure })}
              options={figures.map(value => ({ value: value as string, label: t(`own-figure.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('own.rows')}>
          {id => (
            <Select
              id={id}
              value={draft.rows}
              onChange={rows => change({ rows })}
              options={(['bought', 'returned', 'services'] as const).map(value => ({
                value,
                label: t(`own-rows.${value}`),
              }))}
            />
          )}
        </Field>
      </div>
      <Many
        label={t('own.categories')}
        value={draft.categories}
        options={plain(choices?.categories)}
        onChange={categories => change({ categories })}
      />
      <Many
        label={t('own.products')}
        value={draft.products}
        options={[]}
        free
        onChange={products => change({ products })}
      />
      <div className="columns">
        <Many
          label={t('own.months')}
          value={draft.months}
          options={Array.from({ length: 12 }, (_, i) => ({
            value: i + 1,
            label: name({ month: 'long' }, new Date(Date.UTC(2010, i, 15))),
          }))}
          onChange={months => change({ months })}
        />
        <Many
          label={t('own.weekdays')}
          value={draft.weekdays}
          // 4 January 2010 was a Monday.
          options={Array.from({ length: 7 }, (_, i) => ({
            value: i + 1,
            label: name({ weekday: 'long' }, new Date(Date.UTC(2010, 0, 4 + i))),
          }))}
          onChange={weekdays => change({ weekdays })}
        />
      </div>
      <div className="columns">
        <NumberField label={t('own.least')} value={draft.least} onChange={least => change({ least })} />
        <NumberField label={t('own.most')} value={draft.most} onChange={most => change({ most })} />
      </div>
    </>
  )
}

function EventFields({ draft, change, choices }: FieldsProps) {
  const { t } = useText()
  return (
    <>
      <Field label={t('own.figure')}>
        {id => (
          <Select
            id={id}
            value={draft.figure}
            onChange={figure => change({ figure })}
            options={(['count', 'since'] as const).map(value => ({
              value: value as string,
              label: t(`own-figure.${value}`),
            }))}
          />
        )}
      </Field>
      <Many
        label={t('own.types')}
        value={draft.types}
        options={plain(choices?.types)}
        free
        onChange={types => change({ types })}
      />
      <Many
        label={t('own.channels')}
        value={draft.channels}
        options={plain(choices?.channels)}
        onChange={channels => change({ channels })}
      />
    </>
  )
}

function WindowFields({ draft, change }: FieldsProps) {
  const { t } = useText()
  return (
    <div className="columns">
      <NumberField label={t('own.days')} value={draft.days} least={1} whole onChange={days => change({ days })} />
      <NumberField label={t('own.until')} value={draft.until} whole onChange={until => change({ until })} />
    </div>
  )
}

function AnswerFields({ draft, change, choices }: FieldsProps) {
  const { t, number } = useText()
  return (
    <div className="columns">
      <Field label={t('own.attribute')}>
        {id => (
          <Select
            id={id}
            showSearch
            value={draft.attribute || null}
            onChange={attribute => change({ attribute: attribute ?? '' })}
            options={(choices?.answers ?? []).map(({ name, customers, example }) => ({
              value: name,
              label: `${name} (${number(customers)}; ${example.slice(0, 30)})`,
            }))}
          />
        )}
      </Field>
      <Field label={t('own.as')}>
        {id => (
          <Select
            id={id}
            value={draft.as}
            onChange={as => change({ as })}
            options={(['number', 'text', 'list'] as const).map(value => ({ value, label: t(`own-as.${value}`) }))}
          />
        )}
      </Field>
    </div>
  )
}

interface NumberFieldProps {
  label: string
  value: number | null
  least?: number
  whole?: boolean
  onChange: (value: number | null) => void
}

function NumberField({ label, value, least = 0, whole, onChange }: NumberFieldProps) {
  const { t } = useText()
  return (
    <Field label={label}>
      {id => (
        <InputNumber<number>
          id={id}
          value={value}
          min={least}
          {...(whole ? { precision: 0 } : {})}
          placeholder={t('own.any')}
          onChange={onChange}
          style={{ width: '100%' }}
        />
      )}
    </Field>
  )
}
