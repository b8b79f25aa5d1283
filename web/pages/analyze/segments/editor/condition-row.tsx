import { CloseOutlined } from '@ant-design/icons'
import type { Condition, Criterion } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Button, Select, Tooltip } from '../../../../kit/index.ts'
import { FeatureSelect } from './feature-select.tsx'
import { allowedOps, firstCondition, withOp } from './rule-parts.ts'
import { ValueInput } from './value-input.tsx'

interface ConditionRowProps {
  condition: Condition
  criteria: readonly Criterion[]
  locked: boolean
  onChange: (condition: Condition) => void
  onRemove: () => void
}

/** Feature, comparison, value. */
export function ConditionRow({ condition, criteria, locked, onChange, onRemove }: ConditionRowProps) {
  const { t, term, say, number } = useText()
  const criterion = criteria.find(({ id }) => id === condition.feature)
  const scale = criterion?.unit === 'money' ? 100 : criterion?.unit === 'share' ? 0.01 : 1
  const [low, , middle, , high] = criterion?.quantiles ?? []
  const shown = (value: number | undefined) => number((value ?? 0) / scale, criterion?.unit === 'share' ? 0 : 0)
  return (
    <div className="condition">
      <FeatureSelect
        criteria={criteria}
        value={condition.feature}
        locked={locked}
        onChange={picked => onChange(firstCondition(picked))}
      />
      {criterion ? (
        <>
          <Select
            size="small"
            className="op-select"
            aria-label={t('seg.comparison')}
            disabled={locked}
            value={condition.op}
            options={allowedOps(criterion).map(op => ({ value: op, label: term('seg-op', op) }))}
            onChange={op => onChange(withOp(condition, op, criterion))}
          />
          <ValueInput
            criterion={criterion}
            condition={condition}
            locked={locked}
            onChange={value => onChange({ ...condition, value } as Condition)}
          />
        </>
      ) : null}
      {locked ? null : (
        <Tooltip title={t('seg.remove-condition')}>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('seg.remove-condition')}
            onClick={onRemove}
          />
        </Tooltip>
      )}
      {criterion && (middle !== undefined || criterion.known < 0.995) ? (
        <span className="small muted hint">
          {middle === undefined
            ? ''
            : t('seg.typical', {
                low: shown(low),
                middle: shown(middle),
                high: shown(high),
                feature: say(criterion.name),
              })}{' '}
          {criterion.known < 0.995 ? t('seg.known-of', { share: number(100 * criterion.known) }) : ''}
        </span>
      ) : null}
    </div>
  )
}
