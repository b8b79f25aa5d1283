import { Link, useLocation, useSearchParams } from 'react-router'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Page, Panel } from '../../../kit/index.ts'
import { MappingEditor } from './mapping-editor.tsx'

/** A file or table nobody has described yet. An address comes by the way here, never in the page's own address. */
export default function NewSourcePage() {
  const { t } = useText()
  const [params] = useSearchParams()
  const state: unknown = useLocation().state
  const address = typeof state === 'object' && state !== null && 'address' in state ? String(state.address) : ''
  const file = params.get('file') ?? ''
  const name = file || address.replace(/^(\w+:\/\/).*@/, '$1')
  return (
    <Page
      title={t('map.new', { name: name || '…' })}
      lead={t('map.lead')}
      crumb={<Link to="/sources?tab=inbox">{t('src.tab-inbox')}</Link>}
    >
      {file || address ? (
        <MappingEditor target={file ? { file } : { address }} saved={null} name={name} />
      ) : (
        <Panel>
          <Blank title={t('inbox.none')} actions={<Link to="/sources?tab=inbox">{t('src.add')}</Link>}>
            {t('inbox.none-hint')}
          </Blank>
        </Panel>
      )}
    </Page>
  )
}
