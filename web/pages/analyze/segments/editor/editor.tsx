import { useEffect, useState } from 'react'
import { useGet } from '../../../../api/queries.ts'
import type { Condition, CriteriaList, Segment } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Checkbox,
  Panel,
  Segmented,
  useHotkeys,
  useProblem,
  useUrlState,
} from '../../../../kit/index.ts'
import { Overlaps } from './overlaps.tsx'
import { ProofView } from './proof-view.tsx'
import { addSegment, freeCode, moveLimit, moveSegment, removeSegment, replaceSegment, ruleOf } from './rule-parts.ts'
import { RuleTable } from './rule-table.tsx'
import { RuleTree } from './rule-tree.tsx'
import { SegmentEditor } from './segment-editor.tsx'
import { useLook } from './use-look.ts'
import type { RulesDraft } from './use-rules.ts'

/** The rules as a table and as a tree, the segment under the hand beside them, and what is said of them as they are typed. */
export function Editor({ draft, locked }: { draft: RulesDraft; locked: boolean }) {
  const criteria = useGet<CriteriaList>('/segments/criteria')
  return (
    <Async query={criteria} lines={12}>
      {data => <Loaded draft={draft} locked={locked} criteria={data.rows} />}
    </Async>
  )
}

function Loaded({ draft, locked, criteria }: { draft: RulesDraft; locked: boolean; criteria: CriteriaList['rows'] }) {
  const { t, say } = useText()
  const problem = useProblem()
  const { set } = draft
  const { look, error, busy } = useLook(set)
  const [view, setView] = useUrlState('view', 'table')
  const [chosen, setChosen] = useState<string | null>(set.segments[0]?.code ?? null)
  const at = set.segments.findIndex(({ code }) => code === chosen)
  const segment = set.segments[at] ?? set.segments[0]
  useEffect(() => {
    if (segment && segment.code !== chosen) setChosen(segment.code)
  }, [segment, chosen])
  useHotkeys({ 'mod+z': locked ? undefined : draft.undo, 'mod+y': locked ? undefined : draft.redo })
  const nameOf = (code: string) => {
    const named = set.segments.find(s => s.code === code)
    return named ? say(named.name) || code : code
  }
  const add = (rule: Segment['rule'], before?: string, like?: Segment) => {
    const code = freeCode(set)
    const fresh = t('seg.new-name', { number: set.segments.length + 1 })
    const name = like ? { en: `${like.name.en} 2`, zh: `${like.name.zh} 2` } : { en: fresh, zh: fresh }
    const made: Segment = { code, name, strategy: like?.strategy ?? { en: '', zh: '' }, rule }
    draft.change(addSegment(set, like?.service ? { ...made, service: like.service } : made, before))
    setChosen(code)
  }
  return (
    <div className="stack">
      {error ? (
        <Callout tone="bad" title={t('seg.cannot-be')}>
          {problem(error)}
        </Callout>
      ) : null}
      {look ? (
        <div className={busy ? 'looking' : undefined} aria-live="polite">
          <div className="stack">
            <ProofView look={look} nameOf={nameOf} />
            <Overlaps look={look} ordered={set.ordered} nameOf={nameOf} />
          </div>
        </div>
      ) : null}
      <div className="rules-layout">
        <Panel
          flush
          title={t('seg.rules')}
          note={t('seg.rules-note')}
          extra={
            <span className="row tight no-print wrap-row">
              <Checkbox
                checked={set.ordered}
                disabled={locked}
                onChange={event => draft.change({ ...set, ordered: event.target.checked })}
              >
                {t('seg.ordered')}
              </Checkbox>
              <Segmented
                value={view}
                onChange={setView}
                options={[
                  { value: 'table', label: t('seg.view-table') },
                  { value: 'tree', label: t('seg.view-tree') },
                ]}
              />
              {locked ? null : (
                <Button size="small" onClick={() => add({ all: [] })}>
                  {t('seg.add')}
                </Button>
              )}
            </span>
          }
        >
          {view === 'tree' && look ? (
            <RuleTree
              look={look}
              criteria={criteria}
              chosen={chosen}
              locked={locked}
              nameOf={nameOf}
              onChoose={setChosen}
              onLimit={(limit, value) => draft.change(moveLimit(set, limit, value), `limit ${limit.feature}`)}
              onSplit={(path: Condition[], before) => add(ruleOf([path]), before ?? undefined)}
            />
          ) : (
            <RuleTable
              set={set}
              criteria={criteria}
              look={look}
              chosen={chosen}
              onChoose={setChosen}
              onMove={(code, by) => (locked ? undefined : draft.change(moveSegment(set, code, by)))}
            />
          )}
        </Panel>
        {segment ? (
          <SegmentEditor
            key={segment.code}
            segment={segment}
            place={set.segments.indexOf(segment) + 1}
            count={set.segments.length}
            criteria={criteria}
            look={look}
            locked={locked}
            onChange={(change, about) =>
              draft.change(replaceSegment(set, segment.code, change), `${segment.code} ${about}`)
            }
            onMove={by => draft.change(moveSegment(set, segment.code, by))}
            onCopy={() => add(segment.rule, segment.code, segment)}
            onRemove={() => draft.change(removeSegment(set, segment.code))}
          />
        ) : null}
      </div>
    </div>
  )
}
