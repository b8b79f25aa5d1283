import { Link } from 'react-router'
import { useGet } from '../../api/queries.ts'
import type { ModelList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, Panel, toneOf } from '../../kit/index.ts'

/** Each model and what the following year said of it. */
export function ModelVerdicts() {
  const { t, say, term } = useText()
  const models = useGet<ModelList>('/models')
  return (
    <Panel
      title={t('loop.verdicts')}
      note={t('loop.verdicts-note')}
      extra={<Link to="/models">{t('action.details')}</Link>}
    >
      <Async query={models} lines={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Blank title={t('models.none')} />
          ) : (
            <ul className="verdicts">
              {rows.map(model => (
                <li key={model.id}>
                  <div className="row apart">
                    <span className="strong">{say(model.title)}</span>
                    <Chip tone={toneOf(model.verdict)}>{term('verdict', model.verdict)}</Chip>
                  </div>
                  <p className="small soft">{say(model.evidence)}</p>
                </li>
              ))}
            </ul>
          )
        }
      </Async>
    </Panel>
  )
}
