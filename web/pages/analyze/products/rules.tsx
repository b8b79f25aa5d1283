import { useState } from 'react'
import type { ProductList, RuleList } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Field, InputNumber, Pager, Panel, Select, useLater, useUrlState } from '../../../kit/index.ts'
import { RuleTable } from './rule-table.tsx'
import { SaveButton } from './save-button.tsx'

const LIMIT = 50
const SORTS = ['lift', 'shrunk', 'confidence', 'support'] as const

/** Who has these in a basket has that too. */
export function Rules() {
  const { t, say, number, percent, day } = useText()
  const [minSupport, setSupport] = useUrlState('support', '0')
  const [minConfidence, setConfidence] = useUrlState('confidence', '0')
  const [minLift, setLift] = useUrlState('lift', '0')
  const [length, setLength] = useUrlState('length', '')
  const [category, setCategory] = useUrlState('category')
  const [sort, setSort] = useUrlState('order', 'lift')
  const [offset, setOffset] = useState(0)
  const categories = useGet<ProductList>('/products', { query: { limit: 1 } })
  const query = useLater(
    JSON.stringify({
      minSupport,
      minConfidence,
      minLift,
      category,
      sort,
      ...(length === '' ? {} : { minLength: length, maxLength: length }),
    }),
  )
  const asked = JSON.parse(query) as Record<string, string>
  const rules = useGet<RuleList>('/products/rules', { query: { ...asked, offset, limit: LIMIT }, keep: true })
  const turned = (set: (value: string) => void) => (value: string) => {
    setOffset(0)
    set(value)
  }
  const amount = (
    label: string,
    value: string,
    set: (value: string) => void,
    scale: number,
    step: number,
    suffix: string,
  ) => (
    <Field label={label}>
      {id => (
        <InputNumber
          id={id}
          min={0}
          step={step}
          value={Number(value) * scale}
          suffix={suffix}
          onChange={next => turned(set)(String(Number(next ?? 0) / scale))}
        />
      )}
    </Field>
  )
  return (
    <Panel
      flush
      title={t('products.rules')}
      note={
        rules.data
          ? t('rules.basis', {
              day: day(rules.data.asOf),
              baskets: number(rules.data.baskets),
              least: percent(rules.data.leastSupport, 2),
              total: number(rules.data.total),
            })
          : null
      }
      extra={<SaveButton path="/products/rules/export" query={asked} disabled={rules.data?.total === 0} />}
    >
      <div className="toolbar product-filters">
        {amount(t('rules.min-support'), minSupport, setSupport, 100, 0.1, '%')}
        {amount(t('rules.min-confidence'), minConfidence, setConfidence, 100, 5, '%')}
        {amount(t('rules.min-lift'), minLift, setLift, 1, 0.5, '×')}
        <Field label={t('rules.length')}>
          {id => (
            <Select
              id={id}
              value={length}
              onChange={turned(setLength)}
              options={['', '2', '3', '4'].map(value => ({ value, label: value || t('rules.any-length') }))}
            />
          )}
        </Field>
        <Field label={t('rules.category')}>
          {id => (
            <Select
              id={id}
              value={category}
              onChange={turned(setCategory)}
              options={[
                { value: '', label: t('products.all-categories') },
                ...(categories.data?.categories ?? []).map(({ code, name }) => ({ value: code, label: say(name) })),
              ]}
            />
          )}
        </Field>
        <Field label={t('products.sort')}>
          {id => (
            <Select
              id={id}
              value={sort}
              onChange={turned(setSort)}
              options={SORTS.map(value => ({ value, label: t(`rules.${value}`) }))}
            />
          )}
        </Field>
      </div>
      <Async query={rules} lines={12}>
        {data => (
          <>
            <RuleTable rules={data.rows} />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Panel>
  )
}
