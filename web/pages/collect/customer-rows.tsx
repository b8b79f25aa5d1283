import { useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { get } from '../../api/client.ts'
import type { CustomerList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, Callout, Failed, rowsThatFit, useNarrow, VirtualList, Waiting } from '../../kit/index.ts'
import { CustomerCells } from './customer-cells.tsx'

/** Rows asked for at a time. */
const PAGE = 100

interface CustomerRowsProps {
  q: string
  segment: string
  onTotal: (total: number | null) => void
}

/** The list fetches the pages that are in view, and no others. */
export function CustomerRows({ q, segment, onTotal }: CustomerRowsProps) {
  const { t, number } = useText()
  const narrow = useNarrow()
  const [view, setView] = useState({ first: 0, last: 0 })
  const onView = useCallback(
    (first: number, last: number) => setView({ first: Math.floor(first / PAGE), last: Math.floor(last / PAGE) }),
    [],
  )
  const pages = [...new Set([0, ...range(view.first, view.last)])]
  const answers = useQueries({
    queries: pages.map(page => ({
      queryKey: ['/customers', { q, segment, offset: page * PAGE, limit: PAGE }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<CustomerList>('/customers', { q, segment, offset: page * PAGE, limit: PAGE }, signal),
      staleTime: 60_000,
    })),
  })
  const first = answers[0]
  const total = first?.data?.total
  useEffect(() => onTotal(total ?? null), [total, onTotal])

  if (first?.isError) return <Failed error={first.error} retry={() => void first.refetch()} />
  if (total === undefined) return <Waiting lines={12} />
  if (total === 0)
    return (
      <Blank title={q || segment ? t('customers.nobody') : t('customers.none')}>
        {q ? t('customers.nobody-hint') : null}
      </Blank>
    )

  const rowHeight = narrow ? 62 : 44
  const fit = rowsThatFit(rowHeight)
  return (
    <>
      {total > fit ? <Callout>{t('customers.too-many', { count: number(fit) })}</Callout> : null}
      <VirtualList
        total={total}
        rowHeight={rowHeight}
        label={t('customers.title')}
        template={
          narrow
            ? 'minmax(0, 1fr) auto'
            : 'minmax(180px, 2fr) 104px minmax(126px, 1fr) minmax(170px, 1.6fr) minmax(120px, 1.4fr) 80px 76px'
        }
        head={
          narrow ? null : (
            <>
              <span>{t('customers.name')}</span>
              <span>{t('customers.kind')}</span>
              <span>{t('field.mobile')}</span>
              <span>{t('field.email')}</span>
              <span>{t('customers.place')}</span>
              <span>{t('field.language')}</span>
              <span style={{ textAlign: 'right' }}>{t('customers.records')}</span>
            </>
          )
        }
        onView={onView}
        row={index => {
          const page = answers[pages.indexOf(Math.floor(index / PAGE))]
          const row = page?.data?.rows[index % PAGE]
          return row ? { to: `/customers/${row.customerId}`, cells: <CustomerCells row={row} narrow={narrow} /> } : null
        }}
      />
    </>
  )
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)
