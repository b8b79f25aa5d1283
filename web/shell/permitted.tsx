import { Link, Outlet, useMatches } from 'react-router'
import { type Permission, useMay } from '../api/session.ts'
import { useText } from '../i18n/use-text.ts'
import { Blank, Page, Panel } from '../kit/index.ts'

export interface PageHandle {
  permission: Permission
}

/** Shows a page to those who may see it. The API enforces the same; this only says it kindly. */
export function Permitted() {
  const may = useMay()
  const handle = useMatches().at(-1)?.handle as PageHandle | undefined
  return handle && !may(handle.permission) ? <NotPermitted /> : <Outlet />
}

function NotPermitted() {
  const { t } = useText()
  return (
    <Page title={t('not-permitted.title')}>
      <Panel>
        <Blank title={t('not-permitted.title')} actions={<Link to="/">{t('action.to-loop')}</Link>}>
          {t('not-permitted.text')}
        </Blank>
      </Panel>
    </Page>
  )
}
