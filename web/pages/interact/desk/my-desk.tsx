import { useEffect, useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Callout, Chip, Panel, Segmented, TextField, useProblem } from '../../../kit/index.ts'
import { DialPanel } from './dial-panel.tsx'
import type { AgentRow } from './types.ts'
import { useDeskChange } from './use-change.ts'

/** The agent's own line and state, and what calls come here. */
export function MyDesk() {
  const { t } = useText()
  const me = useGet<AgentRow>('/desk/me')
  return (
    <div className="columns">
      <Panel title={t('me.title')} note={t('me.note')}>
        <Async query={me} lines={4}>
          {agent => <Mine key={agent.extension} agent={agent} />}
        </Async>
      </Panel>
      <DialPanel />
    </div>
  )
}

function Mine({ agent }: { agent: AgentRow }) {
  const { t, term } = useText()
  const problem = useProblem()
  const [line, setLine] = useState(agent.extension)
  useEffect(() => setLine(agent.extension), [agent.extension])
  const change = useDeskChange<AgentRow>()
  const save = (body: { state?: string; extension?: string }): void =>
    change.mutate({ method: 'PUT', path: '/desk/me', body })
  return (
    <div className="stack tight">
      {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
      <Segmented
        value={agent.state}
        onChange={state => save({ state })}
        options={(['ready', 'break', 'away'] as const).map(value => ({ value, label: t(`me.${value}`) }))}
        style={{ justifySelf: 'start' }}
      />
      <TextField
        label={t('me.line')}
        style={{ maxWidth: 220 }}
        value={line}
        maxLength={40}
        onChange={setLine}
        onPressEnter={event => event.currentTarget.blur()}
        onBlur={() => {
          if (line.trim() !== agent.extension) save({ extension: line.trim() })
        }}
      />
      <div className="chips">
        <span className="small muted">{t('me.languages')}</span>
        {agent.languages.length === 0 ? <Chip>{t('me.all')}</Chip> : null}
        {agent.languages.map(language => (
          <Chip key={language}>{term('language', language)}</Chip>
        ))}
        <span className="small muted">{t('me.skills')}</span>
        {agent.skills.length === 0 ? <Chip>{t('me.all')}</Chip> : null}
        {agent.skills.map(skill => (
          <Chip key={skill}>{skill}</Chip>
        ))}
      </div>
    </div>
  )
}
