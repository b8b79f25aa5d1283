import { useGet } from '../../api/queries.ts'
import type { SourceList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, Panel } from '../../kit/index.ts'

/** How the columns of each source are read. */
export function Sources() {
  const { t, term } = useText()
  const fieldName = (field: string): string => {
    const [, attribute] = /^(?:attribute|number):(.*)$/.exec(field) ?? []
    return attribute ? term('attribute', attribute) : term('field', field)
  }
  const sources = useGet<SourceList>('/sources')
  return (
    <Async query={sources} lines={8}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Panel>
            <Blank title={t('sources.none')} />
          </Panel>
        ) : (
          <div className="columns">
            {rows.map(source => (
              <Panel
                key={source.source}
                title={term('source', source.source)}
                note={t('sources.note', { file: source.file, version: source.version })}
                extra={<Chip>{source.importer}</Chip>}
              >
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
            ))}
          </div>
        )
      }
    </Async>
  )
}
