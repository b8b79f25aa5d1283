import { CheckCircleOutlined, CloudSyncOutlined, DisconnectOutlined, WarningOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import type { SaveState } from './use-source.ts'

const icons: Record<SaveState, ReactNode> = {
  saved: <CheckCircleOutlined />,
  waiting: <CloudSyncOutlined />,
  saving: <CloudSyncOutlined />,
  failed: <DisconnectOutlined />,
  conflict: <WarningOutlined />,
}

export function SaveMark({ state }: { state: SaveState }) {
  const { t } = useText()
  return (
    <span className={`small save-mark ${state}`} role="status">
      {icons[state]} {t(`editor.save-${state}`)}
    </span>
  )
}
