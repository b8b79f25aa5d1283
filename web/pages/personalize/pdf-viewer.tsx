import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { Async, Skeleton } from '../../kit/index.ts'
import type { Content } from './use-content.ts'

/** The browser's own viewer shows the bytes that were checked, not another copy of them. */
export function PdfViewer({ content, title }: { content: UseQueryResult<Content, Error>; title: string }) {
  return (
    <Async query={content} loading={<Skeleton.Node active style={{ width: '100%', height: 640 }} />}>
      {({ blob }) => <Frame blob={blob} title={title} />}
    </Async>
  )
}

function Frame({ blob, title }: { blob: Blob; title: string }) {
  const { t } = useText()
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const url = URL.createObjectURL(
      blob.type === 'application/pdf' ? blob : new Blob([blob], { type: 'application/pdf' }),
    )
    setAddress(url)
    return () => URL.revokeObjectURL(url)
  }, [blob])
  if (!address) return null
  // Phones show no PDF inside a page: there it opens on its own.
  return navigator.pdfViewerEnabled === false ? (
    <a href={address} target="_blank" rel="noreferrer">
      {t('comm.open-pdf')}
    </a>
  ) : (
    <iframe className="pdf" src={`${address}#toolbar=0&navpanes=0&view=FitH`} title={title} />
  )
}
