import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import type { NeedBody, NeedFeature } from '../../../api/products.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Select } from '../../../kit/index.ts'
import { ConditionValue } from './condition-value.tsx'
import { type Condition, conditionOn, listsOf, operatorsOf, ruleOf } from './draft-body.ts'

interface RuleEditorProps {
  rule: NeedBody['rule']
  features: readonly NeedFeature[]
  onChange: (rule: NeedBody['rule']) => void
}

/** Conditions have no names of their own: what they are about and their place is what they are. */
const placed = (what: string, place: number): string => `${place}:${what}`

/** A rule put together of conditions that must all hold, or of several such lists of which one must hold. */
export function RuleEditor({ rule, features, onChange }: RuleEditorProps) {
  const { t } = useText()
  const lists = listsOf(rule)
  const put = (k: number, list: Condition[] | null) =>
    onChange(ruleOf(lists.flatMap((own, i) => (i === k ? (list === null ? [] : [list]) : [own]))))
  return (
    <div className="stack tight">
      {lists.map((list, k) => (
        <fieldset key={placed('list', k)} className="rule-list">
          <legend className="small muted">{k === 0 ? t('needs.all-hold') : t('needs.or-all-hold')}</legend>
          <Conditions
            list={list}
            features={features}
            onChange={next => put(k, next)}
            onDrop={lists.length > 1 ? () => put(k, null) : null}
          />
        </fieldset>
      ))}
      <div>
        <Button size="small" icon={<PlusOutlined />} onClick={() => onChange(ruleOf([...lists, []]))}>
          {t('needs.add-list')}
        </Button>
      </div>
    </div>
  )
}

interface ConditionsProps {
  list: readonly Condition[]
  features: readonly NeedFeature[]
  onChange: (list: Condition[]) => void
  onDrop: (() => void) | null
}

function Conditions({ list, features, onChange, onDrop }: ConditionsProps) {
  const { t, say, term } = useText()
  const byId = new Map(features.map(feature => [feature.id, feature]))
  const options = features.map(feature => ({ value: feature.id, label: say(feature.name) }))
  const put = (k: number, condition: Condition | null) =>
    onChange(list.flatMap((own, i) => (i === k ? (condition === null ? [] : [condition]) : [own])))
  return (
    <div className="stack tight">
      {list.map((condition, k) => {
        const feature = byId.get(condition.feature)
        return (
          <div key={placed(condition.feature, k)} className="condition-line">
            <Select
              value={condition.feature}
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={t('needs.feature')}
              options={options}
              onChange={id => put(k, conditionOn(byId.get(id)!))}
            />
            {feature ? (
              <>
                <Select
                  value={condition.op}
                  aria-label={t('needs.comparison')}
                  options={operatorsOf(feature).map(op => ({ value: op, label: term('comparison', op) }))}
                  onChange={op => put(k, conditionOn(feature, op, 'value' in condition ? condition.value : undefined))}
                />
                <ConditionValue condition={condition} feature={feature} onChange={next => put(k, next)} />
              </>
            ) : (
              <span className="bad-ink">{t('needs.unknown-feature', { feature: condition.feature })}</span>
            )}
            <Button
              type="text"
              icon={<CloseOutlined />}
              aria-label={t('needs.drop-condition')}
              onClick={() => put(k, null)}
            />
          </div>
        )
      })}
      <div className="row">
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={features.length === 0}
          onClick={() => onChange([...list, conditionOn(byId.get('life_event') ?? features[0]!)])}
        >
          {t('needs.add-condition')}
        </Button>
        {onDrop ? (
          <Button size="small" onClick={onDrop}>
            {t('needs.drop-list')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
