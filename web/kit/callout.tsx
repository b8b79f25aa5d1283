import { CheckCircleOutlined, CloseCircleOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'

const icons = {
  info: <InfoCircleOutlined />,
  good: <CheckCircleOutlined />,
  warn: <WarningOutlined />,
  bad: <CloseCircleOutlined />,
}

interface CalloutProps {
  tone?: keyof typeof icons
  title?: ReactNode
  extra?: ReactNode
  children?: ReactNode
}

export function Callout({ tone = 'info', title, extra, children }: CalloutProps) {
  return (
    <div className={`callout ${tone}`} role={tone === 'bad' ? 'alert' : 'note'}>
      {icons[tone]}
      <div className="grow">
        {title ? <div className="strong">{title}</div> : null}
        {children ? <div className="soft">{children}</div> : null}
      </div>
      {extra}
    </div>
  )
}
