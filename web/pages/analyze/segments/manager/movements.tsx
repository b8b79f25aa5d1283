import type { Management } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Blank, Meter } from '../../../../kit/index.ts'

type Row = Management['movement'][number]

/** Who came and who went, and from or to where. */
export function Movements({ rows, nameOf }: { rows: readonly Row[]; nameOf: (code: string) => string }) {
  const { t, day, number } = useText()
  if (rows.length === 0) return <Blank title={t('manager.no-movement')}>{t('manager.no-movement-note')}</Blank>
  return (
    <div className="stack pad">
      {rows.map(row => (
        <section key={`${row.by} ${row.from}`}>
          <h3 className="small strong">
            {t(row.by === 'turn' ? 'manager.between-turns' : 'manager.between-dates', {
              from: day(row.from),
              to: day(row.to),
            })}
          </h3>
          <div className="movement-sides">
            <Side
              title={t('manager.came', { count: number(sum(row.came)) })}
              rows={row.came}
              nameOf={nameOf}
              tone="good"
            />
            <div className="movement-stayed">
              <div className="strong">{number(row.stayed)}</div>
              <div className="small muted">{t('manager.stayed')}</div>
            </div>
            <Side
              title={t('manager.went', { count: number(sum(row.went)) })}
              rows={row.went}
              nameOf={nameOf}
              tone="warn"
            />
          </div>
        </section>
      ))}
    </div>
  )
}

const sum = (rows: Row['came']): number => rows.reduce((all, row) => all + row.customers, 0)

interface SideProps {
  title: string
  rows: Row['came']
  nameOf: (code: string) => string
  tone: 'good' | 'warn'
}

function Side({ title, rows, nameOf, tone }: SideProps) {
  const { number } = useText()
  const most = Math.max(1, ...rows.map(row => row.customers))
  return (
    <div>
      <div className="small muted">{title}</div>
      <ul className="plain">
        {rows.slice(0, 8).map(row => (
          <li key={row.segment} className="row movement-row">
            <span className="grow">{nameOf(row.segment)}</span>
            <span>{number(row.customers)}</span>
            <Meter share={row.customers / most} width={60} tone={tone} label={number(row.customers)} />
          </li>
        ))}
      </ul>
    </div>
  )
}
