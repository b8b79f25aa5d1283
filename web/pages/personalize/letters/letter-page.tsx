import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ask } from '../../../api/client.ts'
import type { LetterContent } from '../../../api/letters.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Failed, Panel, useLater } from '../../../kit/index.ts'
import { PdfViewer } from '../pdf-viewer.tsx'
import type { Content } from '../use-content.ts'

/** Set anew when typing pauses; until it is there the page before it stays. */
export function LetterPage({ id, content }: { id: number; content: LetterContent }) {
  const { t } = useText()
  const settled = useLater(content, 500)
  const page = useQuery<Content>({
    queryKey: ['letter-page', id, settled],
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    queryFn: async ({ signal }) => {
      const answer = await ask(`/letters/${id}/preview`, { method: 'POST', body: { content: settled }, signal })
      const blob = await answer.blob()
      return { blob, mediaType: blob.type, sha256: answer.headers.get('x-content-sha256'), from: 'composed' }
    },
  })
  return (
    <Panel
      className="letter-page"
      title={t('letters.preview')}
      note={page.isFetching ? t('letters.preview-wait') : ' '}
    >
      {page.isError ? (
        <Failed error={page.error} retry={() => void page.refetch()} busy={page.isFetching} />
      ) : (
        <PdfViewer content={page} title={t('letters.preview')} />
      )}
    </Panel>
  )
}
