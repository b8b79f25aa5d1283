import { useState } from 'react'
import { Navigate, Outlet, ScrollRestoration, useLocation } from 'react-router'
import { useSession } from '../api/session.ts'
import { useText } from '../i18n/use-text.ts'
import { Drawer, Failed, useHotkeys } from '../kit/index.ts'
import { CallBanner } from '../pages/interact/desk/call-banner.tsx'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { TopBar } from './top-bar.tsx'

/** Everything behind the sign-in. */
export function Frame() {
  const { t } = useText()
  const session = useSession()
  const here = useLocation()
  const [palette, setPalette] = useState(false)
  const [drawer, setDrawer] = useState(false)
  useHotkeys({ 'mod+k': () => setPalette(open => !open), '/': () => setPalette(true) })

  if (session.data === undefined)
    return session.isError ? <Failed error={session.error} retry={() => void session.refetch()} /> : null
  if (session.data === null) return <Navigate to="/sign-in" state={{ from: here.pathname + here.search }} replace />

  return (
    <div className="frame">
      <a className="sr-only" href="#content">
        {t('shell.skip')}
      </a>
      <aside className="side no-print">
        <div className="side-inner">
          <Navigation user={session.data} />
        </div>
      </aside>
      <Drawer
        open={drawer}
        onClose={() => setDrawer(false)}
        placement="left"
        size={264}
        styles={{ body: { padding: '10px' } }}
        title={null}
        closable={false}
      >
        <Navigation user={session.data} onGo={() => setDrawer(false)} />
      </Drawer>
      <div className="main">
        <TopBar user={session.data} onMenu={() => setDrawer(true)} onSearch={() => setPalette(true)} />
        <CallBanner user={session.data} />
        <Outlet />
      </div>
      <Palette open={palette} user={session.data} onClose={() => setPalette(false)} />
      <ScrollRestoration />
    </div>
  )
}
