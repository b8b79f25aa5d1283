import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import type { Field } from '../../../api/content.ts'
import type { Criterion } from '../../../api/segments.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Input, InputNumber, Segmented, Select } from '../../../kit/index.ts'
import { RuleEditor } from '../../analyze/segments/editor/rule-editor.tsx'
import { firstCondition } from '../../analyze/segments/editor/rule-parts.ts'
import type { Comparison, When } from './model.ts'
import { opsOf } from './when-words.ts'

interface WhenEditorProps {
  when: When
  fields: readonly Field[]
  criteria: readonly Criterion[]
  locked: boolean
  onChange: (when: When, about?: string) => void
}

/** When something is shown: by the data of the message, or by a rule as segments have them. */
export function WhenEditor({ when, fields, criteria, locked, onChange }: WhenEditorProps) {
  const { t } = useText()
  const become = (by: When['by']) => {
    if (by === when.by) return
    if (by === 'rule') {
      const first = criteria.find(({ id }) => id === 'frequency') ?? criteria[0]
      onChange({ by, rule: { all: first ? [firstCondition(first)] : [] } })
      return
    }
    const kept = when.by === 'data' ? when.all : when.by === 'any' ? when.any : firstComparison(fields)
    onChange(by === 'data' ? { by, all: kept } : { by, any: kept })
  }
  return (
    <div className="stack tight">
      <Segmented<When['by']>
        size="small"
        value={when.by}
        disabled={locked}
        onChange={become}
        options={[
          { value: 'data', label: t('editor.by-data-all') },
          { value: 'any', label: t('editor.by-data-any') },
          { value: 'rule', label: t('editor.by-rule'), disabled: criteria.length === 0 && when.by !== 'rule' },
        ]}
      />
      {when.by === 'rule' ? (
        <RuleEditor
          rule={when.rule}
          criteria={criteria}
          locked={locked}
          onChange={(rule, about) => onChange({ by: 'rule', rule }, about)}
        />
      ) : (
        <Comparisons
          list={when.by === 'data' ? when.all : when.any}
          fields={fields}
          locked={locked}
          onChange={list => onChange(when.by === 'data' ? { by: 'data', all: list } : { by: 'any', any: list })}
        />
      )}
    </div>
  )
}

/** A condition to begin with: that something is known. */
export const firstComparison = (fields: readonly Field[]): Comparison[] => [
  { path: (fields.find(({ optional }) => optional) ?? fields[0])?.path ?? 'to.name', op: 'known' },
]

/** Comparisons have no names of their own: what they are about and their place is what they are. */
const placed = (path: string, place: number): string => `${place}:${path}`

interface ComparisonsProps {
  list: readonly Comparison[]
  fields: readonly Field[]
  locked: boolean
  onChange: (list: Comparison[]) => void
}

function Comparisons({ list, fields, locked, onChange }: ComparisonsProps) {
  const { t, say, term } = useText()
  const own = fields.filter(field => field.list === null)
  const options = own.map(({ path, name }) => ({
    value: path,
    label: say(name),
    words: `${name.en} ${name.zh} ${path}`,
  }))
  const put = (at: number, next: Comparison | null) =>
    onChange(next ? list.map((one, index) => (index === at ? next : one)) : list.filter((_, index) => index !== at))
  return (
    <div className="stack tight">
      {list.map((comparison, at) => {
        const type = own.find(({ path }) => path === comparison.path)?.type ?? 'text'
        return (
          <div key={placed(comparison.path, at)} className="condition-line">
            <Select
              showSearch
              disabled={locked}
              aria-label={t('editor.field')}
              value={comparison.path}
              options={options}
              popupMatchSelectWidth={260}
              filterOption={(typed, option) => (option?.words ?? '').toLowerCase().includes(typed.toLowerCase())}
              onChange={path => put(at, comparisonOf(path, own.find(field => field.path === path)?.type ?? 'text'))}
            />
            <Select
              disabled={locked}
              aria-label={t('seg.comparison')}
              value={comparison.op}
              options={opsOf(type).map(op => ({ value: op, label: term('seg-op', op) }))}
              onChange={op => put(at, withOp(comparison, op, type))}
            />
            <ComparisonValue comparison={comparison} type={type} locked={locked} onChange={next => put(at, next)} />
            <Button
              type="text"
              disabled={locked || list.length === 1}
              icon={<CloseOutlined />}
              aria-label={t('needs.drop-condition')}
              onClick={() => put(at, null)}
            />
          </div>
        )
      })}
      {locked || list.length >= 10 ? null : (
        <div>
          <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...list, ...firstComparison(own)])}>
            {t('needs.add-condition')}
          </Button>
        </div>
      )}
    </div>
  )
}

const isNumber = (type: Field['type']): boolean => type === 'number' || type === 'money'

const comparisonOf = (path: string, type: Field['type']): Comparison =>
  withOp({ path, op: 'known' }, opsOf(type)[0] ?? 'known', type)

function withOp(before: Comparison, op: Comparison['op'], type: Field['type']): Comparison {
  const { path } = before
  if (op === 'known' || op === 'missing') return { path, op }
  const now = 'value' in before ? (Array.isArray(before.value) ? before.value[0] : before.value) : undefined
  const value = now ?? (isNumber(type) ? 0 : type === 'yes-no' ? true : '')
  return op === 'in' ? { path, op, value: [value] } : { path, op, value }
}

interface ComparisonValueProps {
  comparison: Comparison
  type: Field['type']
  locked: boolean
  onChange: (comparison: Comparison) => void
}

/** People write money in whole units; the data hold minor ones. */
const MINOR = 100

function ComparisonValue({ comparison, type, locked, onChange }: ComparisonValueProps) {
  const { t } = useText()
  if (!('value' in comparison)) return <span />
  const label = t('needs.value')
  if (comparison.op === 'in')
    return (
      <Select
        mode="tags"
        aria-label={label}
        disabled={locked}
        value={comparison.value.map(String)}
        onChange={(value: string[]) => value.length > 0 && onChange({ ...comparison, value })}
      />
    )
  if (typeof comparison.value === 'boolean')
    return (
      <Select
        aria-label={label}
        disabled={locked}
        value={comparison.value}
        options={[
          { value: true, label: t('seg.yes') },
          { value: false, label: t('seg.no') },
        ]}
        onChange={value => onChange({ ...comparison, value })}
      />
    )
  if (isNumber(type)) {
    const scale = type === 'money' ? MINOR : 1
    return (
      <InputNumber
        aria-label={label}
        disabled={locked}
        value={Number(comparison.value) / scale}
        onChange={value => onChange({ ...comparison, value: Math.round(Number(value ?? 0) * scale) })}
      />
    )
  }
  return (
    <Input
      aria-label={label}
      disabled={locked}
      {...(type === 'day' ? { type: 'date' } : type === 'month' ? { type: 'month' } : {})}
      value={String(comparison.value)}
      onChange={event => onChange({ ...comparison, value: event.target.value })}
    />
  )
}
