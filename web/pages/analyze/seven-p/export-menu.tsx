import { DownloadOutlined } from '@ant-design/icons'
import { useState } from 'react'
import type { Query } from '../../../api/client.ts'
import { saveFile } from '../../../api/save-file.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Dropdown, useProblem, useToast } from '../../../kit/index.ts'

const formats = ['csv', 'xlsx', 'pdf'] as const

/** The figures as a file, in the reader's language. */
export function ExportMenu({ path, query, small }: { path: string; query: Query; small?: boolean }) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const [busy, setBusy] = useState(false)
  const save = async (format: string): Promise<void> => {
    setBusy(true)
    try {
      await saveFile(path, { ...query, format })
    } catch (error) {
      toast.failed(problem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: formats.map(format => ({ key: format, label: format.toUpperCase() })),
        onClick: ({ key }) => void save(key),
      }}
    >
      <Button
        icon={<DownloadOutlined />}
        loading={busy}
        {...(small ? { size: 'small' as const, type: 'text' as const } : {})}
        aria-label={t('seven.export')}
      >
        {small ? null : t('seven.export')}
      </Button>
    </Dropdown>
  )
}
