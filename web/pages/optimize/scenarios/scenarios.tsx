import { DeleteOutlined, EditOutlined, PlusOutlined, SaveOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import type { Scenario, ScenarioList } from '../../../api/planning.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Panel, useHotkeys, useProblem, useToast } from '../../../kit/index.ts'
import { Changes } from './changes.tsx'
import { ScenarioEditor } from './scenario-editor.tsx'
import { SideBySide } from './side-by-side.tsx'

/** The plan and changed plans beside it: what each would bring, and who would get something else. */
export function Scenarios() {
  const { t } = useText()
  const list = useGet<ScenarioList>('/plan/scenarios')
  return (
    <Async query={list} lines={12}>
      {data => <Loaded data={data} help={t('scenarios.help')} />}
    </Async>
  )
}

function Loaded({ data, help }: { data: ScenarioList; help: string }) {
  const { t } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [editing, setEditing] = useState<Scenario | 'new' | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const refresh = () =>
    client.invalidateQueries({
      predicate: query => /^\/plans?\//.test(String(query.queryKey[0])) || query.queryKey[0] === '/plans/kept',
    })
  const act = useMutation({
    mutationFn: ({ id, verb }: { id: number; verb: 'remove' | 'restore' | 'keep' }) =>
      send('POST', `/plan/scenarios/${id}/${verb}`, {}),
    onSuccess: (_, { verb }) => toast.done(t(`scenarios.done-${verb}`)),
    onError: error => toast.failed(problem(error)),
    onSettled: refresh,
  })
  const mayWrite = may('plan.write')
  useHotkeys({ n: mayWrite ? () => setEditing('new') : undefined })
  return (
    <div className="stack">
      <Panel
        title={t('scenarios.side-by-side')}
        note={help}
        flush
        extra={
          mayWrite ? (
            <Button className="no-print" type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
              {t('scenarios.new')} <kbd className="in-button">N</kbd>
            </Button>
          ) : null
        }
      >
        <SideBySide
          data={data}
          chosen={shown}
          onShow={id => setShown(id === shown ? null : id)}
          actions={scenario =>
            mayWrite ? (
              <span className="row nowrap-row tight no-print">
                <Button
                  size="small"
                  icon={<EditOutlined />}
                  aria-label={t('scenarios.edit-named', { name: scenario.name })}
                  onClick={() => setEditing(scenario)}
                />
                <Button
                  size="small"
                  icon={<SaveOutlined />}
                  title={t('scenarios.keep')}
                  aria-label={t('scenarios.keep-named', { name: scenario.name })}
                  disabled={!scenario.outcome?.feasible}
                  loading={act.isPending && act.variables.verb === 'keep' && act.variables.id === scenario.id}
                  onClick={() => act.mutate({ id: scenario.id, verb: 'keep' })}
                />
                <Button
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t('scenarios.remove-named', { name: scenario.name })}
                  onClick={() => act.mutate({ id: scenario.id, verb: 'remove' })}
                />
              </span>
            ) : null
          }
        />
        {data.rows.length === 0 ? (
          <Blank title={t('scenarios.none')}>{mayWrite ? t('scenarios.none-hint') : null}</Blank>
        ) : null}
      </Panel>
      {shown ? <Changes from={`plan:${data.planId}`} to={shown} currency={data.currency} /> : null}
      {data.deleted.length > 0 && mayWrite ? (
        <div className="no-print">
          <Callout title={t('scenarios.deleted')}>
            <ul className="plain stack tight">
              {data.deleted.map(scenario => (
                <li key={scenario.id} className="row apart">
                  <span>{scenario.name}</span>
                  <Button size="small" onClick={() => act.mutate({ id: scenario.id, verb: 'restore' })}>
                    {t('scenarios.restore')}
                  </Button>
                </li>
              ))}
            </ul>
          </Callout>
        </div>
      ) : null}
      {editing ? (
        <ScenarioEditor
          key={editing === 'new' ? 'new' : editing.id}
          data={data}
          scenario={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={async () => {
            await refresh()
            setEditing(null)
          }}
        />
      ) : null}
    </div>
  )
}
