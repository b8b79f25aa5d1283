import { useMemo } from 'react'
import type { MappingPreview, SourceMapping } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Select } from '../../../kit/index.ts'
import { useFieldName } from './field-name.ts'

interface SampleTableProps {
  mapping: SourceMapping
  fields: readonly string[] | undefined
  rows: MappingPreview['rows']
  onField: (header: string, field: string) => void
}

/** What attributes are called when a column becomes one. */
const attributeName = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, '_')
    .replace(/^_+|_+$/g, '')

/** Each column of the file: what it is read as, and under it the first rows as given and as read. */
export function SampleTable({ mapping, fields = [], rows, onField }: SampleTableProps) {
  const { t, say, number } = useText()
  const fieldName = useFieldName()
  const faults = rows.reduce(
    (sum, row) => sum + (row.problem ? 1 : 0) + row.cells.filter(cell => cell.problem).length,
    0,
  )
  const known = useMemo(() => fields.map(field => ({ value: field, label: fieldName(field) })), [fields, fieldName])
  const optionsFor = (header: string, field: string) => {
    const name = attributeName(header)
    const more =
      mapping.kind === 'attributes'
        ? [{ value: `attribute:${name}`, label: t('map.attribute', { name: header }) }]
        : mapping.kind === 'people'
          ? [{ value: `number:${name}`, label: t('map.number') }]
          : []
    const all = [{ value: 'ignore', label: t('map.kept') }, ...more, ...known]
    return all.some(option => option.value === field) ? all : [{ value: field, label: fieldName(field) }, ...all]
  }
  return (
    <>
      <p className="small soft" style={{ padding: '0 16px 8px' }} role="status">
        {t('map.faults', { count: faults })}
      </p>
      <div className="map-box">
        <table className="map-table">
          <thead>
            <tr>
              <th className="nr" scope="col">
                <span className="sr-only">{t('mend.count')}</span>
              </th>
              {mapping.columns.map(column => (
                <th key={column.header} scope="col">
                  <div className="strong break">{column.header}</div>
                  <Select
                    size="small"
                    showSearch={{ optionFilterProp: 'label' }}
                    style={{ width: '100%' }}
                    popupMatchSelectWidth={260}
                    aria-label={`${column.header}: ${t('map.field')}`}
                    value={column.field}
                    onChange={field => onField(column.header, field)}
                    options={optionsFor(column.header, column.field)}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.rowNo}>
                <td className={row.problem ? 'nr fault' : 'nr'} title={row.problem ? say(row.problem) : undefined}>
                  {number(row.rowNo)}
                </td>
                {row.cells.length === 0 ? (
                  <td className="fault" colSpan={mapping.columns.length}>
                    <span className="fault-text">{row.problem ? say(row.problem) : ''}</span>
                  </td>
                ) : (
                  row.cells.map((cell, place) => {
                    const column = mapping.columns[place]
                    const ignored = column?.field === 'ignore'
                    return (
                      <td
                        key={column?.header ?? place}
                        className={cell.problem ? 'fault' : ignored ? 'ignored' : undefined}
                      >
                        <div className="given">{cell.given}</div>
                        {cell.read !== null && cell.read !== cell.given && !ignored ? (
                          <div className="read">{cell.read}</div>
                        ) : null}
                        {cell.problem ? <div className="fault-text">{say(cell.problem)}</div> : null}
                        {place === 0 && row.problem ? <div className="fault-text">{say(row.problem)}</div> : null}
                      </td>
                    )
                  })
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 ? <Blank title={t('map.no-rows')} /> : null}
      </div>
    </>
  )
}
