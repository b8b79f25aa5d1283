import { useState } from 'react'
import type { ProductList } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import type { Text } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Select, useLater } from '../../../kit/index.ts'

interface ProductPickerProps {
  label: string
  /** Categories too, as `category:code`. */
  categories?: boolean
  onPick: (key: string, name: Text) => void
}

/** Finds a product (or a category) by code or name; also what nobody bought yet. */
export function ProductPicker({ label, categories, onPick }: ProductPickerProps) {
  const { t, say } = useText()
  const [words, setWords] = useState('')
  const q = useLater(words)
  const found = useGet<ProductList>('/products', { query: { q, limit: 20 }, keep: true })
  const names = new Map<string, Text>(found.data?.rows.map(row => [row.code, row.name]))
  const groups = (found.data?.categories ?? []).filter(
    ({ code, name }) => q === '' || `${code} ${name.en} ${name.zh}`.toLowerCase().includes(q.toLowerCase()),
  )
  if (categories) for (const { code, name } of groups) names.set(`category:${code}`, name)
  return (
    <Select<string | null>
      className="product-picker"
      value={null}
      placeholder={label}
      aria-label={label}
      showSearch={{ onSearch: setWords, filterOption: false }}
      loading={found.isFetching}
      notFoundContent={t('products.none')}
      onChange={key => {
        if (key !== null) onPick(key, names.get(key) ?? { en: key, zh: key })
        setWords('')
      }}
      options={[
        ...(categories && groups.length > 0
          ? [
              {
                label: t('needs.categories'),
                options: groups.map(({ code, name }) => ({ value: `category:${code}`, label: say(name) })),
              },
            ]
          : []),
        {
          label: t('needs.products'),
          options: (found.data?.rows ?? []).map(row => ({ value: row.code, label: `${say(row.name)} · ${row.code}` })),
        },
      ]}
    />
  )
}
