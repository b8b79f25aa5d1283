import { useGet } from '../../api/queries.ts'
import type { ModelList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Page, Panel } from '../../kit/index.ts'
import { ModelView } from './model-view.tsx'

/** Each model against what really followed. */
export default function ModelsPage() {
  const { t } = useText()
  const models = useGet<ModelList>('/models')
  return (
    <Page title={t('models.title')} lead={t('models.lead')}>
      <Async query={models} lines={10}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Panel>
              <Blank title={t('models.none')}>{t('models.none-hint')}</Blank>
            </Panel>
          ) : (
            <div className="stack">
              {rows.map(model => (
                <ModelView key={model.id} model={model} />
              ))}
            </div>
          )
        }
      </Async>
    </Page>
  )
}
