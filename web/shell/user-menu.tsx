import { LogoutOutlined } from '@ant-design/icons'
import { useNavigate } from 'react-router'
import { signOut, type User } from '../api/session.ts'
import { useText } from '../i18n/use-text.ts'
import { Dropdown, useProblem, useToast } from '../kit/index.ts'
import { dropDrafts } from '../kit/use-draft.ts'

export function UserMenu({ user }: { user: User }) {
  const { t, term } = useText()
  const toast = useToast()
  const problem = useProblem()
  const navigate = useNavigate()
  const leave = async (): Promise<void> => {
    try {
      await signOut()
      dropDrafts()
      void navigate('/sign-in', { replace: true })
    } catch (error) {
      toast.failed(problem(error))
    }
  }
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          {
            key: 'who',
            disabled: true,
            label: (
              <div>
                <div className="strong">{user.name}</div>
                <div className="small">{user.roles.map(role => term('role', role)).join(' · ')}</div>
              </div>
            ),
          },
          { type: 'divider' },
          { key: 'leave', icon: <LogoutOutlined />, label: t('action.sign-out'), onClick: () => void leave() },
        ],
      }}
    >
      <button type="button" className="avatar" aria-label={t('shell.account', { name: user.name })}>
        {user.name.slice(0, 1).toUpperCase()}
      </button>
    </Dropdown>
  )
}
