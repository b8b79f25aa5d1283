import { useState } from 'react'
import { useGet } from '../../../../api/queries.ts'
import { useMay } from '../../../../api/session.ts'
import type { CustomerList, OfferList } from '../../../../api/types.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Select, useLater } from '../../../../kit/index.ts'

export interface Whose {
  customer: number | null
  offer: string
  example: number
}

interface WhoseProps {
  whose: Whose
  examples: readonly { id: string; language: string }[]
  onChange: (whose: Whose) => void
}

/** Whose data are shown: one of the template's examples, or any customer, found by name or number. */
export function WhosePick({ whose, examples, onChange }: WhoseProps) {
  const { t, term } = useText()
  const may = useMay()
  const [words, setWords] = useState('')
  const asked = useLater(words, 250)
  const found = useGet<CustomerList>('/customers', {
    query: { q: asked, limit: 20 },
    enabled: asked.trim() !== '',
    keep: true,
  })
  const offers = useGet<OfferList>('/offers', { enabled: whose.customer !== null && may('plan.read') })
  const options = [
    {
      label: t('preview.examples'),
      options: examples.map(({ id, language }, at) => ({
        value: `example ${at}`,
        label: `${id}${language ? ` · ${term('language', language)}` : ''}`,
      })),
    },
    {
      label: t('preview.customers'),
      options: (asked.trim() === '' ? [] : (found.data?.rows ?? [])).map(row => ({
        value: `customer ${row.customerId}`,
        label: `${row.name} · ${row.customerId}`,
      })),
    },
  ]
  const value = whose.customer === null ? `example ${whose.example}` : `customer ${whose.customer}`
  return (
    <>
      <Select
        className="whose-pick"
        aria-label={t('preview.whose')}
        value={value}
        options={
          options.some(group => group.options.some(option => option.value === value))
            ? options
            : [
                {
                  label: t('preview.customers'),
                  options: [{ value, label: t('preview.customer', { id: whose.customer ?? 0 }) }],
                },
                ...options,
              ]
        }
        showSearch={{ filterOption: false, onSearch: setWords }}
        popupMatchSelectWidth={300}
        loading={found.isFetching}
        notFoundContent={<span className="muted small">{t('preview.search-hint')}</span>}
        onChange={picked => {
          const [kind, number] = picked.split(' ')
          onChange(
            kind === 'customer'
              ? { ...whose, customer: Number(number) }
              : { ...whose, customer: null, example: Number(number) },
          )
        }}
      />
      {whose.customer !== null && (offers.data?.rows.length ?? 0) > 0 ? (
        <OfferPick offers={offers.data} whose={whose} onChange={onChange} />
      ) : null}
    </>
  )
}

function OfferPick({
  offers,
  whose,
  onChange,
}: {
  offers: OfferList | undefined
  whose: Whose
  onChange: (whose: Whose) => void
}) {
  const { t, say } = useText()
  return (
    <Select
      aria-label={t('preview.offer')}
      value={whose.offer}
      popupMatchSelectWidth={260}
      options={[
        { value: '', label: t('preview.first-offer') },
        ...(offers?.rows ?? []).map(({ id, name }) => ({ value: id, label: say(name) })),
      ]}
      onChange={offer => onChange({ ...whose, offer })}
    />
  )
}
