import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { useText } from '../../i18n/use-text.ts'
import { Chip } from '../../kit/index.ts'

/** The browser digests what it shows and compares it with the ledger. */
export function Verified({ expected, actual }: { expected: string; actual: string | null }) {
  const { t } = useText()
  if (actual === null) return null
  return actual === expected.toLowerCase() ? (
    <Chip tone="good">
      <CheckCircleOutlined /> {t('comm.verified')}
    </Chip>
  ) : (
    <Chip tone="bad">
      <WarningOutlined /> {t('comm.not-verified')}
    </Chip>
  )
}
