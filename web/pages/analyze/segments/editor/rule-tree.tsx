import type { Condition, Criterion, Look, LookTree } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Blank, Button, Chip, Meter } from '../../../../kit/index.ts'
import { opposite } from './rule-parts.ts'
import { ValueInput } from './value-input.tsx'

interface RuleTreeProps {
  look: Look
  criteria: readonly Criterion[]
  chosen: string | null
  locked: boolean
  nameOf: (code: string) => string
  onChoose: (code: string) => void
  /** A limit moved in all rules that name it. */
  onLimit: (limit: Condition, value: number | string) => void
  /** A new segment of the customers of a leaf. */
  onSplit: (path: Condition[], before: string | null) => void
}

/** The same rules as questions asked one after the other; every customer comes to one leaf. */
export function RuleTree(props: RuleTreeProps) {
  const { t } = useText()
  const { look } = props
  if (!look.tree) return <Blank title={t('seg.tree-too-large')}>{t('seg.tree-too-large-note')}</Blank>
  return (
    <ul className="rule-tree" aria-label={t('seg.tree')}>
      <Branch {...props} node={look.tree} path={[]} answer={null} />
    </ul>
  )
}

interface BranchProps extends RuleTreeProps {
  node: LookTree
  path: Condition[]
  answer: 'yes' | 'no' | null
}

function Branch(props: BranchProps) {
  const { node, path, answer, look, criteria, chosen, locked, nameOf, onChoose, onLimit, onSplit } = props
  const { t, say, number, percent } = useText()
  const count = (
    <span className="tree-count">
      {number(node.customers)}
      <Meter
        share={node.customers / Math.max(1, look.customers)}
        width={48}
        label={percent(node.customers / Math.max(1, look.customers))}
      />
    </span>
  )
  const said = answer ? <Chip tone="outline">{t(answer === 'yes' ? 'seg.yes' : 'seg.no')}</Chip> : null
  const { condition } = node
  if (node.kind === 'leaf' || !condition || !node.yes || !node.no) {
    const code = node.segment ?? null
    return (
      <li>
        <div className={chosen !== null && chosen === code ? 'tree-line chosen' : 'tree-line'}>
          {said}
          {code === null ? (
            <Chip tone="bad">{t('seg.nobodys')}</Chip>
          ) : (
            <button type="button" className="link-button strong" onClick={() => onChoose(code)}>
              {nameOf(code)}
            </button>
          )}
          {count}
          {locked ? null : (
            <Button size="small" type="text" onClick={() => onSplit(path, code)}>
              {t('seg.split')}
            </Button>
          )}
        </div>
      </li>
    )
  }
  const criterion = criteria.find(({ id }) => id === condition.feature)
  const against = opposite(condition)
  const single = 'value' in condition && !Array.isArray(condition.value)
  return (
    <li>
      <div className="tree-line">
        {said}
        <span>{node.ask ? t('seg.question', { what: say(node.ask) }) : condition.feature}</span>
        {criterion && single && !locked ? (
          <ValueInput
            criterion={criterion}
            condition={condition}
            locked={locked}
            onChange={value => (Array.isArray(value) ? undefined : onLimit(condition, value))}
          />
        ) : null}
        {count}
      </div>
      <ul>
        <Branch {...props} node={node.yes} path={[...path, condition]} answer="yes" />
        <Branch {...props} node={node.no} path={against ? [...path, against] : path} answer="no" />
      </ul>
    </li>
  )
}
