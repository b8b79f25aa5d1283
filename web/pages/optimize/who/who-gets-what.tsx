import { useState } from 'react'
import type { ScenarioList, WhoGetsWhat as Who } from '../../../api/planning.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Field, Panel, Segmented, Select, useUrlState } from '../../../kit/index.ts'
import { type HeatCell, HeatTable } from './heat-table.tsx'
import { WhoDrawer } from './who-drawer.tsx'

/** Segments down, offers or channels across: how many customers get what, and who they are. */
export function WhoGetsWhat() {
  const { t, say, term } = useText()
  const [of, setOf] = useUrlState('of')
  const [by, setBy] = useUrlState('by', 'offer')
  const [cell, setCell] = useState<HeatCell | null>(null)
  const list = useGet<ScenarioList>('/plan/scenarios')
  const who = useGet<Who>('/plan/who', { query: { of }, keep: true })
  return (
    <Async query={who} lines={10}>
      {data => (
        <div className="stack">
          <div className="toolbar no-print">
            <Field label={t('who.of')}>
              {id => (
                <Select
                  id={id}
                  value={of}
                  onChange={setOf}
                  style={{ minWidth: 240 }}
                  options={[
                    { value: '', label: t('scenarios.plan') },
                    ...(list.data?.rows ?? [])
                      .filter(row => row.outcome?.feasible)
                      .map(row => ({ value: `scenario:${row.id}`, label: row.name })),
                  ]}
                />
              )}
            </Field>
            <Segmented
              aria-label={t('who.across')}
              value={by}
              onChange={value => setBy(String(value))}
              options={[
                { value: 'offer', label: t('plan.offer') },
                { value: 'channel', label: t('policy.channel') },
              ]}
            />
          </div>
          <Panel title={t('who.title')} note={t('who.note')} flush>
            {data.cells.length === 0 ? (
              <Blank title={t('plan.nobody')}>{t('plan.nobody-hint')}</Blank>
            ) : (
              <HeatTable
                data={data}
                columns={
                  by === 'channel'
                    ? data.channels.map(channel => ({ id: channel, name: term('channel', channel) }))
                    : data.offers
                        .filter(o => data.cells.some(c => c.offer === o.offer))
                        .map(o => ({ id: o.offer, name: say(o.name) }))
                }
                by={by === 'channel' ? 'channel' : 'offer'}
                onOpen={setCell}
              />
            )}
          </Panel>
          {cell ? <WhoDrawer of={data.of} currency={data.currency} cell={cell} onClose={() => setCell(null)} /> : null}
        </div>
      )}
    </Async>
  )
}
