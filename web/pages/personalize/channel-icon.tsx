import {
  DesktopOutlined,
  FilePdfOutlined,
  GlobalOutlined,
  MailOutlined,
  MessageOutlined,
  PhoneOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

const icons: Record<string, ReactNode> = {
  print: <FilePdfOutlined />,
  letter: <FilePdfOutlined />,
  bill: <FilePdfOutlined />,
  email: <MailOutlined />,
  sms: <MessageOutlined />,
  call: <PhoneOutlined />,
  portal: <GlobalOutlined />,
  kiosk: <DesktopOutlined />,
}

export function ChannelIcon({ channel }: { channel: string }) {
  return (
    <span className="channel-icon" aria-hidden="true">
      {icons[channel] ?? <MailOutlined />}
    </span>
  )
}
