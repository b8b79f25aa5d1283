import { PlusOutlined } from '@ant-design/icons'
import { Fragment } from 'react'
import type { Condition, Criterion, Rule } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Button } from '../../../../kit/index.ts'
import { ConditionRow } from './condition-row.tsx'
import { FeatureSelect } from './feature-select.tsx'
import { alternativesOf, firstCondition, ruleOf } from './rule-parts.ts'

/** Alternatives have no names: their place is what they are. */
const keyOf = (place: number): string => `alternative ${place}`

interface RuleEditorProps {
  rule: Rule
  criteria: readonly Criterion[]
  locked: boolean
  /** `about` names the field. */
  onChange: (rule: Rule, about: string) => void
}

/** One rule: lists of conditions that must all hold, of which one list is enough. */
export function RuleEditor({ rule, criteria, locked, onChange }: RuleEditorProps) {
  const { t } = useText()
  const alternatives = alternativesOf(rule)
  const put = (next: Condition[][], about = '') => onChange(ruleOf(next.length > 0 ? next : [[]]), about)
  const putAll = (i: number, all: Condition[], about = '') => put(alternatives.with(i, all), about)
  return (
    <div className="rule-editor">
      {alternatives.map((all, i) => (
        <Fragment key={keyOf(i)}>
          {i > 0 ? <div className="or-line">{t('seg.or')}</div> : null}
          <div className="alternative">
            {all.length === 0 ? <div className="muted small">{t('seg.everybody-else')}</div> : null}
            {all.map((condition, k) => (
              <ConditionRow
                key={`${condition.feature} ${all.slice(0, k).filter(c => c.feature === condition.feature).length}`}
                condition={condition}
                criteria={criteria}
                locked={locked}
                onChange={next => putAll(i, all.with(k, next), `${i} ${k}`)}
                onRemove={() => {
                  const left = all.toSpliced(k, 1)
                  put(
                    left.length > 0 || alternatives.length === 1
                      ? alternatives.with(i, left)
                      : alternatives.toSpliced(i, 1),
                  )
                }}
              />
            ))}
            {locked ? null : (
              <FeatureSelect
                criteria={criteria}
                locked={false}
                placeholder={t('seg.add-condition')}
                onChange={picked => putAll(i, [...all, firstCondition(picked)])}
              />
            )}
          </div>
        </Fragment>
      ))}
      {locked || alternatives[0]?.length === 0 ? null : (
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => {
            const first = criteria.find(({ id }) => id === 'frequency') ?? criteria[0]
            if (first) put([...alternatives, [firstCondition(first)]])
          }}
        >
          {t('seg.add-alternative')}
        </Button>
      )}
    </div>
  )
}
