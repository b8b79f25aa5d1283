import type { CategoryPairs } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Panel, Segmented, useUrlState } from '../../../kit/index.ts'

/** Which categories go together more than chance. */
export function CategoryMatrix() {
  const { t, day } = useText()
  const [basis, setBasis] = useUrlState('basis', 'basket')
  const pairs = useGet<CategoryPairs>('/products/categories')
  return (
    <Panel
      flush
      title={t('products.categories')}
      note={pairs.data ? t('categories.note', { day: day(pairs.data.asOf) }) : null}
      extra={
        <Segmented
          value={basis}
          onChange={setBasis}
          options={[
            { value: 'basket', label: t('products.in-baskets') },
            { value: 'customer', label: t('products.by-customers') },
          ]}
        />
      }
    >
      <Async query={pairs} lines={12}>
        {data => <Matrix data={data} basis={basis} />}
      </Async>
    </Panel>
  )
}

function Matrix({ data, basis }: { data: CategoryPairs; basis: string }) {
  const { t, say, number } = useText()
  const rows = data.rows.filter(row => row.basis === basis)
  if (rows.length === 0) return <Blank title={t('categories.none')} />
  const lifts = new Map(rows.map(row => [`${row.a}/${row.b}`, row]))
  const codes = data.categories.filter(({ code }) => rows.some(row => row.a === code))
  // The colour tells by how much: twice as often as chance is full.
  const shade = (lift: number) => `${Math.round(Math.min(1, Math.max(0, lift - 1)) * 70)}%`
  return (
    <div className="table-box">
      <table className="table lift-matrix">
        <thead>
          <tr>
            <td />
            {codes.map(({ code, name }) => (
              <th key={code} scope="col" title={say(name)}>
                {say(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {codes.map(row => (
            <tr key={row.code}>
              <th scope="row">{say(row.name)}</th>
              {codes.map(column => {
                const found = lifts.get(`${row.code}/${column.code}`)
                return (
                  <td
                    key={column.code}
                    className="right"
                    title={
                      found
                        ? t('categories.cell', {
                            a: say(row.name),
                            b: say(column.name),
                            lift: number(found.shrunkLift, 2),
                            count: number(found.count),
                          })
                        : undefined
                    }
                    style={
                      found
                        ? { background: `color-mix(in oklab, var(--accent) ${shade(found.shrunkLift)}, transparent)` }
                        : undefined
                    }
                  >
                    {found ? number(found.shrunkLift, 2) : ''}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
