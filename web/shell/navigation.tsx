import { Fragment } from 'react'
import { NavLink } from 'react-router'
import { may, type User, worksAtDesk } from '../api/session.ts'
import { useText } from '../i18n/use-text.ts'
import { Logo } from '../kit/index.ts'
import { type NavItem, navItems } from './nav-items.tsx'

/** Only what the role may see. */
export function Navigation({ user, onGo }: { user: User; onGo?: () => void }) {
  const { t, term } = useText()
  const allowed = navItems.filter(item => may(user, item.permission))
  const theirs = (item: NavItem) => worksAtDesk(user) && (item.stage === null || item.stage === 'interact')
  const items = [...allowed.filter(theirs), ...allowed.filter(item => !theirs(item))]
  return (
    <>
      <NavLink to="/" className="brand" onClick={onGo}>
        <Logo />
        <span>{t('app.latin')}</span>
        <span className="zh">{t('app.han')}</span>
      </NavLink>
      <nav className="nav" aria-label={t('shell.navigation')}>
        {items.map((item, index) => (
          <Fragment key={item.to}>
            {item.stage && item.stage !== items[index - 1]?.stage ? (
              <div className="nav-group">{term('stage', item.stage)}</div>
            ) : null}
            <NavLink to={item.to} end={item.to === '/'} onClick={onGo}>
              <span aria-hidden="true">{item.icon}</span>
              {t(item.label)}
            </NavLink>
          </Fragment>
        ))}
      </nav>
    </>
  )
}
