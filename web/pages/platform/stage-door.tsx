import { ArrowRightOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import type { Loop } from '../../api/loop.ts'
import { useText } from '../../i18n/use-text.ts'
import { Meter } from '../../kit/index.ts'
import type { StageView } from './stage-figures.ts'

interface StageDoorProps {
  stage: StageView
  to: string | null
  running: Loop['running']
}

export function StageDoor({ stage, to, running }: StageDoorProps) {
  const { t, term, seconds } = useText()
  const body = (
    <>
      <header>
        <span className={`dot ${stage.state}`} title={term('state', stage.state)} />
        <h2>{term('stage', stage.id)}</h2>
        <span className="small muted time">{stage.seconds > 0 ? seconds(stage.seconds) : null}</span>
        {to ? <ArrowRightOutlined className="go" /> : null}
      </header>
      {running ? (
        <div className="stack tight">
          <div className="small soft">
            {term('step', running.step)}
            {running.note ? ` · ${running.note}` : ''}
          </div>
          <Meter
            share={running.total > 0 ? running.done / running.total : 0.04}
            label={t('loop.progress', { done: running.done, total: running.total })}
          />
        </div>
      ) : (
        <dl>
          {stage.figures.map(figure => (
            <div key={figure.label}>
              <dd>{figure.value}</dd>
              <dt>{t(figure.label)}</dt>
            </div>
          ))}
          {stage.figures.length === 0 ? <p className="small muted">{term('stage-lead', stage.id)}</p> : null}
        </dl>
      )}
    </>
  )
  const className = `door at-${stage.id} ${stage.state}`
  return to ? (
    <Link to={to} className={className}>
      {body}
    </Link>
  ) : (
    <div className={className}>{body}</div>
  )
}
