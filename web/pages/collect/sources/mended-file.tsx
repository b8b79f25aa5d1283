import { useMutation, useQuery } from '@tanstack/react-query'
import type { MendPreview, MendResult } from '../../../api/types.ts'
import { upload } from '../../../api/upload.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Modal, useProblem, Waiting } from '../../../kit/index.ts'
import { MendPreviewView } from './mend-preview.tsx'
import { useMended } from './use-mended.ts'

interface Answer {
  given: number
  preview: MendPreview | null
  result: MendResult | null
}

/** A file of refused rows that was mended in a spreadsheet: looked at first, then brought in. */
export function MendedFile({ file, onClose }: { file: File; onClose: () => void }) {
  const { t, number } = useText()
  const problem = useProblem()
  const mended = useMended()
  const sendFile = (apply: boolean) =>
    upload<Answer>('POST', '/quarantine/file', file, { query: { apply }, type: 'text/csv' }).done
  const preview = useQuery({
    queryKey: ['mended-file', file.name, file.size, file.lastModified],
    queryFn: () => sendFile(false),
    retry: false,
    gcTime: 0,
  })
  const apply = useMutation({
    mutationFn: () => sendFile(true),
    onSuccess: async answer => {
      onClose()
      await mended(answer.result)
    },
  })
  const found = preview.data?.preview
  const error = preview.error ?? apply.error
  return (
    <Modal
      open
      width={680}
      title={t('mend.upload-title')}
      okText={t('mend.apply')}
      cancelText={t('src.cancel')}
      okButtonProps={{ disabled: !found || found.passing === 0, loading: apply.isPending }}
      onOk={() => apply.mutate()}
      onCancel={onClose}
    >
      <div className="stack tight">
        {error ? <Callout tone="bad">{problem(error)}</Callout> : null}
        {preview.isPending ? <Waiting lines={5} /> : null}
        {found && preview.data ? (
          <>
            <p>
              {t('mend.upload-found', {
                given: number(preview.data.given),
                rows: number(found.rows),
                passing: number(found.passing),
              })}
            </p>
            <MendPreviewView preview={found} />
          </>
        ) : null}
      </div>
    </Modal>
  )
}
