import { useGet } from '../../../api/queries.ts'
import type { SegmentList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Callout, Figures, Page, Panel, Segmented, Select, useUrlState } from '../../../kit/index.ts'
import { Bins } from './bins.tsx'
import { CategoryTable } from './category-table.tsx'
import { Help } from './help.tsx'
import { ModelChoice } from './model-choice.tsx'
import { horizons, type ValuePage } from './types.ts'
import { useMoneyRange } from './use-money-range.ts'
import { ValueList } from './value-list.tsx'
import { WhatIfPanel } from './what-if.tsx'

/** What customers are worth, by which model, and what keeping more of them would bring. */
export default function ValueOfCustomers() {
  const { t, day, say } = useText()
  const [segment, setSegment] = useUrlState('segment')
  const [months, setMonths] = useUrlState('months', '12')
  const value = useGet<ValuePage>('/value', { query: { segment }, keep: true })
  const segments = useGet<SegmentList>('/segments')
  return (
    <Page
      title={t('worth.title')}
      lead={value.data ? t('worth.lead', { day: day(value.data.asOf) }) : t('worth.lead-plain')}
      actions={
        <>
          <Select
            aria-label={t('worth.segment')}
            value={segment}
            onChange={setSegment}
            style={{ minWidth: 180 }}
            options={[
              { value: '', label: t('worth.everybody') },
              ...(segments.data?.rows ?? []).map(row => ({ value: row.id, label: say(row.name) })),
            ]}
          />
          <Segmented
            aria-label={t('worth.horizon')}
            value={months}
            onChange={chosen => setMonths(String(chosen))}
            options={horizons.map(m => ({ value: String(m), label: t('worth.months', { months: m }) }))}
          />
        </>
      }
    >
      <Async query={value} lines={14}>
        {data =>
          data.customers === 0 ? (
            <Panel>
              <Blank title={t('worth.none')}>{t('worth.none-hint')}</Blank>
            </Panel>
          ) : (
            <Content page={data} months={horizons.find(m => String(m) === months) ?? 12} segment={segment} />
          )
        }
      </Async>
    </Page>
  )
}

function Content({ page, months, segment }: { page: ValuePage; months: 12 | 24 | 36; segment: string }) {
  const { t, number, percent, say } = useText()
  const { money, between } = useMoneyRange(page.currency)
  const { model } = page
  return (
    <div className="stack">
      {model.problem ? (
        <Callout tone="warn" title={t('worth.stand-in')}>
          {say(model.problem)}
        </Callout>
      ) : null}
      <Figures
        items={[
          ...page.totals.map(total => ({
            id: String(total.months),
            label: t('worth.value-of', { months: total.months }),
            value: money(total.minor),
            note: between(total),
          })),
          {
            id: 'customers',
            label: t('worth.customers'),
            value: number(page.customers),
            note: t('worth.alive-of', { count: number(page.alive) }),
          },
          {
            id: 'purchases',
            label: t('worth.purchases'),
            value: number(page.purchases),
            note: t('worth.next-12'),
          },
        ]}
      />
      <Help id="value" values={{ rate: percent(page.discountRate, 0) }} />
      <WhatIfPanel months={months} />
      <div className="columns">
        <Bins page={page} months={months} of="alive" />
        <Bins page={page} months={months} of="value" />
      </div>
      <CategoryTable page={page} months={months} />
      <ModelChoice page={page} />
      <ValueList months={months} segment={segment} page={page} />
    </div>
  )
}
