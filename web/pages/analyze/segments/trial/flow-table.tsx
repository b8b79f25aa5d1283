import type { TrialResult } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Blank } from '../../../../kit/index.ts'

/** From which segment (down) to which (across); the shade of a cell is its share of its line. */
export function FlowTable({ flows, nameOf }: { flows: TrialResult['change']; nameOf: (code: string) => string }) {
  const { t, number, percent } = useText()
  if (flows.length === 0) return <Blank title={t('async.empty')} />
  const from = [...new Set(flows.map(flow => flow.from))]
  const to = [...new Set([...from, ...flows.map(flow => flow.to)])].filter(code => flows.some(flow => flow.to === code))
  return (
    <div className="table-box">
      <table className="table matrix flow-table">
        <caption className="sr-only">{t('seg.flow-caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('seg.from-to')}</th>
            {to.map(code => (
              <th key={code} scope="col" className="right">
                {nameOf(code)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {from.map(row => {
            const own = flows.filter(flow => flow.from === row)
            const all = own.reduce((sum, flow) => sum + flow.customers, 0)
            return (
              <tr key={row}>
                <th scope="row">{nameOf(row)}</th>
                {to.map(column => {
                  const n = own.find(flow => flow.to === column)?.customers ?? 0
                  const tint = row === column ? 'var(--good)' : 'var(--warn)'
                  return (
                    <td
                      key={column}
                      className="right heat"
                      title={percent(n / all)}
                      style={{
                        background: `color-mix(in srgb, ${tint} ${n > 0 ? Math.round(6 + (34 * n) / all) : 0}%, transparent)`,
                      }}
                    >
                      {n > 0 ? number(n) : <span className="muted">–</span>}
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
