import type { ModelDetail } from '../../../api/models.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Meter, Panel } from '../../../kit/index.ts'

/** Which inputs decide most. */
export function Importance({ rows }: { rows: ModelDetail['importance'] }) {
  const { t, say, percent } = useText()
  const most = Math.max(...rows.map(row => row.weight), 1e-9)
  if (rows.length === 0) return null
  return (
    <Panel title={t('model.importance')} note={t('model.importance-note')}>
      <ul className="reasons">
        {rows.map(row => (
          <li key={row.id}>
            <span className="grow">{say(row.name)}</span>
            <Meter share={row.weight / most} width={120} label={say(row.name)} />
            <span className="strong">{percent(row.weight, 0)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
