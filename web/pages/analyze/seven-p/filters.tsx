import { useText } from '../../../i18n/use-text.ts'
import { Button, Select } from '../../../kit/index.ts'
import type { SevenPPage } from './types.ts'
import type { PageFilter } from './use-filter.ts'

/** Segment, place and time; a period is from a month to a month, both counted. */
export function Filters({ page, filter }: { page: SevenPPage; filter: PageFilter }) {
  const { t, say, number, month } = useText()
  const { segments, countries, provinces, firstMonth, lastMonth } = page.choices
  const months = monthsBetween(firstMonth, lastMonth).map(value => ({ value, label: month(`${value}-01`) }))
  const place = (choice: { id: string; name: { en: string; zh: string }; customers: number }) => ({
    value: choice.id,
    label: `${say(choice.name)} (${number(choice.customers)})`,
  })
  const any = (label: string) => ({ value: '', label })
  const some = ['segment', 'country', 'province', 'from', 'to'].some(name => filter.query[name])
  return (
    <search className="seven-filters no-print" aria-label={t('seven.filters')}>
      <Select
        aria-label={t('seven.segment')}
        value={filter.of('segment')}
        onChange={segment => filter.set({ segment })}
        options={[
          any(t('seven.all-segments')),
          ...segments.map(choice => ({ value: choice.id, label: say(choice.name) })),
        ]}
        showSearch={{ optionFilterProp: 'label' }}
      />
      <Select
        aria-label={t('seven.country')}
        value={filter.of('country')}
        onChange={country => filter.set({ country, province: '' })}
        options={[any(t('seven.all-countries')), ...countries.map(place)]}
        showSearch={{ optionFilterProp: 'label' }}
      />
      {filter.of('country') !== '' && provinces.length > 1 ? (
        <Select
          aria-label={t('seven.province')}
          value={filter.of('province')}
          onChange={province => filter.set({ province })}
          options={[any(t('seven.all-provinces')), ...provinces.map(place)]}
          showSearch={{ optionFilterProp: 'label' }}
        />
      ) : null}
      <span className="row nowrap-row">
        <Select
          aria-label={t('seven.from')}
          value={filter.of('from')}
          onChange={from =>
            filter.set({ from, ...(filter.of('to') !== '' && from > filter.of('to') ? { to: from } : {}) })
          }
          options={[any(t('seven.any-from')), ...months]}
        />
        <span aria-hidden="true">–</span>
        <Select
          aria-label={t('seven.to')}
          value={filter.of('to')}
          onChange={to => filter.set({ to, ...(to !== '' && filter.of('from') > to ? { from: to } : {}) })}
          options={[any(t('seven.any-to')), ...months]}
        />
      </span>
      {some ? (
        <Button type="text" onClick={() => filter.set({ segment: '', country: '', province: '', from: '', to: '' })}>
          {t('seven.clear')}
        </Button>
      ) : null}
    </search>
  )
}

function monthsBetween(first: string, last: string): string[] {
  const months: string[] = []
  if (!/^\d{4}-\d\d$/.test(first)) return months
  for (let [year, month] = first.split('-').map(Number) as [number, number]; months.length < 240; ) {
    const text = `${year}-${String(month).padStart(2, '0')}`
    if (text > last) break
    months.push(text)
    month++
    if (month > 12) [year, month] = [year + 1, 1]
  }
  return months.reverse()
}
