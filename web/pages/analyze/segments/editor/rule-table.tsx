import type { KeyboardEvent } from 'react'
import type { Criterion, Look, SegmentSet } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Meter } from '../../../../kit/index.ts'
import { alternativesOf, featuresOf } from './rule-parts.ts'

interface RuleTableProps {
  set: SegmentSet
  criteria: readonly Criterion[]
  look: Look | undefined
  chosen: string | null
  onChoose: (code: string) => void
  onMove: (code: string, by: -1 | 1) => void
}

/** The rules as a decision table: a line for each list of conditions, a column for each feature they ask for. */
export function RuleTable({ set, criteria, look, chosen, onChoose, onMove }: RuleTableProps) {
  const { t, say, number, percent } = useText()
  const features = featuresOf(set)
  const nameOf = (id: string) => {
    const criterion = criteria.find(c => c.id === id)
    return criterion ? say(criterion.name) : id
  }
  const onKey = (code: string) => (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || event.key === ' ') onChoose(code)
    else if (event.altKey && event.key === 'ArrowUp') onMove(code, -1)
    else if (event.altKey && event.key === 'ArrowDown') onMove(code, 1)
    else if (event.key === 'ArrowDown') (event.currentTarget.nextElementSibling as HTMLElement | null)?.focus()
    else if (event.key === 'ArrowUp') (event.currentTarget.previousElementSibling as HTMLElement | null)?.focus()
    else return
    event.preventDefault()
  }
  const largest = Math.max(1, ...(look?.rows.map(row => row.taken) ?? []))
  return (
    <div className="table-box">
      <table className="table rule-table">
        <caption className="sr-only">{t('seg.table-caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{set.ordered ? t('seg.tried') : t('segments.segment')}</th>
            {features.map(id => (
              <th key={id} scope="col">
                {nameOf(id)}
              </th>
            ))}
            <th scope="col" className="right">
              {t('segments.customers')}
            </th>
          </tr>
        </thead>
        <tbody>
          {set.segments.flatMap((segment, i) => {
            const row = look?.rows.find(({ code }) => code === segment.code)
            return alternativesOf(segment.rule).map((all, k) => (
              <tr
                key={`${segment.code} ${k === 0 ? '' : k}`}
                className={`pressable${chosen === segment.code ? ' chosen' : ''}`}
                tabIndex={0}
                onClick={() => onChoose(segment.code)}
                onKeyDown={onKey(segment.code)}
              >
                <th scope="row">
                  {k === 0 ? (
                    <>
                      {set.ordered ? <span className="muted">{i + 1}. </span> : null}
                      {say(segment.name) || segment.code}
                    </>
                  ) : (
                    <span className="muted small">{t('seg.or')}</span>
                  )}
                </th>
                {all.length === 0 ? (
                  <td colSpan={features.length} className="muted">
                    {t('seg.everybody-else')}
                  </td>
                ) : (
                  features.map(id => (
                    <td key={id}>
                      {all
                        .flatMap((condition, c) => (condition.feature === id ? [row?.conditions[k]?.[c]] : []))
                        .map((text, c) => (
                          <div key={`${id} ${c === 0 ? '' : c}`} className="rule-cell">
                            {text ? shortened(say(text), nameOf(id)) : '…'}
                          </div>
                        ))}
                    </td>
                  ))
                )}
                <td className="right">
                  {k === 0 && row ? (
                    <span className="row end nowrap-row" title={percent(row.taken / Math.max(1, look?.customers ?? 1))}>
                      {number(row.taken)}
                      <Meter share={row.taken / largest} width={56} label={number(row.taken)} />
                    </span>
                  ) : null}
                </td>
              </tr>
            ))
          })}
        </tbody>
      </table>
    </div>
  )
}

/** The column names the feature already. */
const shortened = (condition: string, feature: string): string =>
  condition.startsWith(feature) ? condition.slice(feature.length).trim() : condition
