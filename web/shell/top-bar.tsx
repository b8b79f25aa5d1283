import { MenuOutlined, SearchOutlined } from '@ant-design/icons'
import type { User } from '../api/session.ts'
import { useText } from '../i18n/use-text.ts'
import { Button, modKey } from '../kit/index.ts'
import { Bell } from '../pages/interact/notices/bell.tsx'
import { Switches } from './switches.tsx'
import { UserMenu } from './user-menu.tsx'

export function TopBar({ user, onMenu, onSearch }: { user: User; onMenu: () => void; onSearch: () => void }) {
  const { t } = useText()
  return (
    <header className="topbar no-print">
      <Button
        className="only-narrow"
        type="text"
        icon={<MenuOutlined />}
        aria-label={t('shell.menu')}
        onClick={onMenu}
      />
      <button type="button" className="search-door" onClick={onSearch}>
        <SearchOutlined />
        <span className="label">{t('palette.placeholder')}</span>
        <span className="only-wide">
          <kbd>{modKey}</kbd> <kbd>K</kbd>
        </span>
      </button>
      <span className="grow" />
      <Bell />
      <Switches />
      <UserMenu user={user} />
    </header>
  )
}
