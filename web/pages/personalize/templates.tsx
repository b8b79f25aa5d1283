import { useGet } from '../../api/queries.ts'
import type { Template, TemplateList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, Page, Panel, useUrlState } from '../../kit/index.ts'
import { ChannelIcon } from './channel-icon.tsx'
import { TemplatePreview } from './template-preview.tsx'

export default function TemplatesPage() {
  const { t } = useText()
  const templates = useGet<TemplateList>('/templates')
  const [chosen, setChosen] = useUrlState('template')
  return (
    <Page title={t('templates.title')} lead={t('templates.lead')}>
      <Async query={templates} lines={8}>
        {({ rows }) => {
          const open = rows.find(row => row.id === chosen) ?? rows[0]
          if (!open)
            return (
              <Panel>
                <Blank title={t('templates.none')} />
              </Panel>
            )
          return (
            <div className="comms">
              <ul className="comm-list">
                {rows.map(row => (
                  <li key={row.id}>
                    <TemplateDoor template={row} chosen={row === open} onChoose={() => setChosen(row.id)} />
                  </li>
                ))}
              </ul>
              <TemplatePreview key={open.id} template={open} />
            </div>
          )
        }}
      </Async>
    </Page>
  )
}

function TemplateDoor({ template, chosen, onChoose }: { template: Template; chosen: boolean; onChoose: () => void }) {
  const { t, say, term, day } = useText()
  return (
    <button
      type="button"
      className={chosen ? 'comm-door chosen' : 'comm-door'}
      aria-pressed={chosen}
      onClick={onChoose}
    >
      <ChannelIcon channel={template.channel} />
      <span className="grow">
        <span className="strong">{say(template.name)}</span>
        <span className="small soft line">
          {term('class', template.class)} · {term('channel', template.channel)}
        </span>
        <span className="small muted">{t('templates.live', { day: day(template.liveSince) })}</span>
      </span>
      <Chip>{t('comm.version', { version: template.version })}</Chip>
    </button>
  )
}
