import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useText } from '../../i18n/use-text.ts'
import { Async } from '../../kit/index.ts'
import type { Content } from './use-content.ts'

export function SmsViewer({ content, segments }: { content: UseQueryResult<Content, Error>; segments: number }) {
  return (
    <Async query={content} lines={3}>
      {({ blob }) => <Bubble blob={blob} segments={segments} />}
    </Async>
  )
}

function Bubble({ blob, segments }: { blob: Blob; segments: number }) {
  const { t } = useText()
  const { data = '' } = useQuery({ queryKey: ['sms', blob.size, blob], queryFn: () => blob.text() })
  return (
    <div className="phone">
      <div className="bubble verse">{data}</div>
      <div className="small muted">
        {t('comm.characters', { count: [...data].length })} · {t('comm.segments', { count: segments })}
      </div>
    </div>
  )
}
