import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { useText } from '../../../../i18n/use-text.ts'
import { Button, Checkbox, Select } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'
import { LineField } from '../line-field.tsx'
import type { BlockOf, TableColumn } from '../model.ts'
import { PathSelect } from './path-select.tsx'

/** Rows of a list of the data, column by column. */
export function TableBody({ block }: { block: BlockOf<'table'> }) {
  const { t } = useText()
  const { fields, change, locked } = useEditorKnows()
  const lists = fields.filter(({ type, list }) => type === 'list' && list === null)
  const own = fields.filter(({ list }) => list === block.rows)
  const put = (at: number, column: TableColumn | null) =>
    change(
      { ...block, columns: column ? block.columns.with(at, column) : block.columns.toSpliced(at, 1) },
      `${block.id} ${at}`,
    )
  const add = () => {
    const next =
      own.find(({ path }) => !block.columns.some(column => `${block.rows}.${column.path}` === path)) ?? own[0]
    const id =
      Array.from({ length: 20 }, (_, n) => `c${n + 1}`).find(
        name => !block.columns.some(column => column.id === name),
      ) ?? 'c'
    change({
      ...block,
      columns: [
        ...block.columns,
        {
          id,
          title: next
            ? { 'zh-CN': [{ type: 'text', text: next.name.zh }], en: [{ type: 'text', text: next.name.en }] }
            : {},
          path: next?.path.slice(block.rows.length + 1) ?? 'text',
          ...(next?.formats[0] ? { format: next.formats[0] } : {}),
          align: next && next.formats.length > 0 && next.type !== 'day' ? 'right' : 'left',
        },
      ],
    })
  }
  return (
    <div className="stack tight">
      <PathSelect
        label={t('editor.table-rows')}
        value={block.rows}
        fields={lists}
        onChange={rows => change({ ...block, rows })}
      />
      {block.columns.map((column, at) => (
        <fieldset key={column.id} className="block-row">
          <legend className="small muted">{t('editor.column', { number: at + 1 })}</legend>
          <LineField
            label={t('editor.column-title')}
            value={column.title}
            onChange={title => put(at, { ...column, title })}
          />
          <div className="row wrap">
            <PathSelect
              label={t('editor.field')}
              value={column.path}
              fields={own}
              within={block.rows}
              onChange={path => put(at, { ...column, path })}
            />
            <ColumnLook
              column={column}
              formats={own.find(({ path }) => path === `${block.rows}.${column.path}`)?.formats ?? []}
              onChange={next => put(at, next)}
            />
            {locked || block.columns.length === 1 ? null : (
              <Button
                type="text"
                icon={<CloseOutlined />}
                aria-label={t('editor.drop-column')}
                onClick={() => put(at, null)}
              />
            )}
          </div>
        </fieldset>
      ))}
      {locked || block.columns.length >= 12 ? null : (
        <div>
          <Button size="small" icon={<PlusOutlined />} onClick={add}>
            {t('editor.add-column')}
          </Button>
        </div>
      )}
      {block.columns.some(({ total }) => total) ? (
        <LineField
          label={t('editor.total-label')}
          value={block.totalLabel}
          onChange={totalLabel => change({ ...block, totalLabel }, `${block.id} total`)}
        />
      ) : null}
      <LineField
        label={t('editor.table-empty')}
        value={block.empty}
        onChange={empty => change({ ...block, empty }, `${block.id} empty`)}
      />
    </div>
  )
}

function ColumnLook({
  column,
  formats,
  onChange,
}: {
  column: TableColumn
  formats: readonly string[]
  onChange: (column: TableColumn) => void
}) {
  const { t, term } = useText()
  const { locked } = useEditorKnows()
  const numbers = formats.includes('number')
  return (
    <>
      <Select
        disabled={locked}
        aria-label={t('editor.format')}
        value={column.format ?? ''}
        options={['', ...formats].map(value => ({
          value,
          label: value === '' ? t('editor.as-it-is') : term('format', value),
        }))}
        onChange={format => {
          const { format: _, ...rest } = column
          onChange(format === '' ? rest : { ...rest, format })
        }}
      />
      <Select
        disabled={locked}
        aria-label={t('rt.align')}
        value={column.align}
        options={(['left', 'center', 'right'] as const).map(value => ({ value, label: t(`editor.align-${value}`) }))}
        onChange={align => onChange({ ...column, align })}
      />
      <Checkbox
        disabled={locked}
        checked={column.wide === true}
        onChange={({ target }) => onChange({ ...column, wide: target.checked })}
      >
        {t('editor.column-wide')}
      </Checkbox>
      {numbers ? (
        <Checkbox
          disabled={locked}
          checked={column.total === true}
          onChange={({ target }) => onChange({ ...column, total: target.checked })}
        >
          {t('editor.column-total')}
        </Checkbox>
      ) : null}
    </>
  )
}
