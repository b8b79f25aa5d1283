import { useText } from '../../../../i18n/use-text.ts'
import { Button, Field, InputNumber } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'
import type { BlockOf } from '../model.ts'
import { Inside } from './inside.tsx'

const MOST = 4

export function ColumnsBody({ block }: { block: BlockOf<'columns'> }) {
  const { t } = useText()
  const { locked, change } = useEditorKnows()
  const { columns } = block
  return (
    <div className="stack tight">
      <div className="side-by-side">
        {columns.map(({ width, blocks }, at) => {
          // Columns have no names: their place is what they are.
          const place = `column ${at}`
          return (
            <div key={place} className="stack tight">
              <Field label={t('editor.column-share')}>
                {id => (
                  <InputNumber
                    id={id}
                    disabled={locked}
                    min={1}
                    max={12}
                    value={width}
                    onChange={value =>
                      change(
                        { ...block, columns: columns.with(at, { width: Number(value ?? 1), blocks }) },
                        `${block.id} ${at}`,
                      )
                    }
                  />
                )}
              </Field>
              <Inside block={block} list={place} blocks={blocks} label={t('editor.column', { number: at + 1 })} />
            </div>
          )
        })}
      </div>
      {locked ? null : (
        <div className="row">
          <Button
            size="small"
            disabled={columns.length >= MOST}
            onClick={() => change({ ...block, columns: [...columns, { width: 6, blocks: [] }] })}
          >
            {t('editor.add-column')}
          </Button>
          <Button
            size="small"
            disabled={columns.length <= 2 || (columns.at(-1)?.blocks.length ?? 0) > 0}
            title={t('editor.drop-column-hint')}
            onClick={() => change({ ...block, columns: columns.slice(0, -1) })}
          >
            {t('editor.drop-column')}
          </Button>
        </div>
      )}
    </div>
  )
}
