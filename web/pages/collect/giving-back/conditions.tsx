import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Input, Select } from '../../../kit/index.ts'
import type { Condition } from './types.ts'

const OPS: readonly Condition['op'][] = ['=', '!=', '<', '<=', '>', '>=', 'in', 'contains', 'empty', 'filled']

interface ConditionsProps {
  columns: readonly string[]
  where: readonly Condition[]
  onChange: (where: Condition[]) => void
}

export function Conditions({ columns, where, onChange }: ConditionsProps) {
  const { t } = useText()
  const change = (at: number, part: Partial<Condition>) =>
    onChange(where.map((one, i) => (i === at ? { ...one, ...part } : one)))
  return (
    <fieldset className="field plain">
      <legend className="label">{t('gb.where')}</legend>
      <div className="stack tight">
        {[...where.entries()].map(([at, { column, op, value }]) => (
          <div className="row condition" key={at}>
            <Select
              className="grow"
              aria-label={t('gb.where-column')}
              showSearch
              value={column}
              options={columns.map(name => ({ value: name, label: name }))}
              onChange={name => change(at, { column: name })}
            />
            <Select
              aria-label={t('gb.where-op')}
              value={op}
              style={{ width: 110 }}
              options={OPS.map(name => ({ value: name, label: name }))}
              onChange={name => change(at, { op: name })}
            />
            <Input
              className="grow"
              aria-label={t('gb.where-value')}
              disabled={op === 'empty' || op === 'filled'}
              value={value}
              onChange={event => change(at, { value: event.target.value })}
            />
            <Button
              icon={<DeleteOutlined />}
              aria-label={t('gb.where-remove')}
              onClick={() => onChange(where.filter((_, i) => i !== at))}
            />
          </div>
        ))}
        <div>
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => onChange([...where, { column: columns[0] ?? '', op: '=', value: '' }])}
          >
            {t('gb.where-add')}
          </Button>
        </div>
      </div>
    </fieldset>
  )
}
