import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import type { Query } from '../../../api/client.ts'
import { saveFile } from '../../../api/save-file.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Dropdown, useProblem, useToast } from '../../../kit/index.ts'

/** What is on the page as a file. */
export function SaveButton({ path, query, disabled }: { path: string; query?: Query; disabled?: boolean }) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const save = useMutation({
    mutationFn: (format: string) => saveFile(path, { ...query, format }),
    onError: error => toast.failed(problem(error)),
  })
  return (
    <Dropdown
      disabled={disabled ?? false}
      menu={{
        items: ['csv', 'xlsx'].map(format => ({ key: format, label: format.toUpperCase() })),
        onClick: ({ key }) => save.mutate(key),
      }}
      trigger={['click']}
    >
      <Button className="no-print" icon={<DownloadOutlined />} loading={save.isPending}>
        {t('products.export')}
      </Button>
    </Dropdown>
  )
}
