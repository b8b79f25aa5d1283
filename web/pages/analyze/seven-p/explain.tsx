import { InfoCircleOutlined } from '@ant-design/icons'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Popover } from '../../../kit/index.ts'
import type { SevenPPage } from './types.ts'

interface ExplainProps {
  name: string
  formula: string
  table: string
  lineage: SevenPPage['lineage']
  asOf: string
  onCustomers?: (() => void) | undefined
}

/** How a number is reckoned and from which rows: on hover, on focus, and in print below it. */
export function Explain({ name, formula, table, lineage, asOf, onCustomers }: ExplainProps) {
  const { t, say, day } = useText()
  const own = lineage.find(entry => entry.table === table)
  return (
    <>
      <Popover
        trigger={['hover', 'focus', 'click']}
        placement="bottomLeft"
        content={
          <div className="explain">
            <p>{formula}</p>
            {own ? (
              <>
                <h4>{t('seven.lineage')}</h4>
                <p className="small soft">
                  {t('seven.lineage-lead', { table: own.table, rows: say(own.rows), day: day(asOf) })}
                  {own.run > 0 ? ` ${t('seven.lineage-run', { step: own.step, run: own.run })}` : ''}
                </p>
                <Chain lineage={lineage} from={own.from} seen={new Set([own.table])} />
              </>
            ) : null}
            {onCustomers ? (
              <Button size="small" onClick={onCustomers}>
                {t('seven.customers')}
              </Button>
            ) : null}
          </div>
        }
      >
        <button type="button" className="explain-mark" aria-label={t('seven.explain', { name })}>
          <InfoCircleOutlined />
        </button>
      </Popover>
      <span className="only-print small">{formula}</span>
    </>
  )
}

/** What the rows were made of, each table once, down to the rows of files. */
function Chain({ lineage, from, seen }: { lineage: SevenPPage['lineage']; from: string[]; seen: Set<string> }) {
  const { t, say } = useText()
  const fresh = from.filter(table => !seen.has(table))
  for (const table of fresh) seen.add(table)
  if (fresh.length === 0) return null
  return (
    <ul className="chain small soft">
      {fresh.map(table => {
        const entry = lineage.find(candidate => candidate.table === table)
        return (
          <li key={table}>
            <code>{table}</code>
            {entry ? ` ${say(entry.rows)}${entry.run > 0 ? ` · ${t('seven.run', { run: entry.run })}` : ''}` : ''}
            {entry ? <Chain lineage={lineage} from={entry.from} seen={seen} /> : null}
          </li>
        )
      })}
    </ul>
  )
}
