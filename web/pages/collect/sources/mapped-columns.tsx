import type { SourceRow } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Panel } from '../../../kit/index.ts'
import { useFieldName } from './field-name.ts'

/** How the columns are read, for who only looks. */
export function MappedColumns({ source }: { source: SourceRow }) {
  const { t } = useText()
  const fieldName = useFieldName()
  return (
    <Panel title={t('map.columns')} note={t('src.version', { version: source.version })}>
      <ul className="mapping">
        {source.columns.map(column => (
          <li key={`${column.header} ${column.field}`}>
            <span className="break">{column.header}</span>
            <span className="muted">→</span>
            <span className="soft">{fieldName(column.field)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
