import { InboxOutlined } from '@ant-design/icons'
import { useRef, useState } from 'react'
import { type Upload, upload } from '../../../api/upload.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Modal, Progress, useProblem, useToast } from '../../../kit/index.ts'

interface Sending {
  id: number
  name: string
  share: number
  failed: string
  upload: Upload<unknown> | null
}

interface UploadsProps {
  most: number
  known: readonly string[]
  onDone: () => void
}

let numbers = 0

/** Drop zone and what is on its way; each file can be stopped, and one of a name that is taken is asked about first. */
export function Uploads({ most, known, onDone }: UploadsProps) {
  const { t, bytes, percent } = useText()
  const toast = useToast()
  const problem = useProblem()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<readonly Sending[]>([])
  const [asking, setAsking] = useState<File | null>(null)
  const change = (id: number, values: Partial<Sending>) =>
    setSending(all => all.map(item => (item.id === id ? { ...item, ...values } : item)))
  const forget = (id: number) => setSending(all => all.filter(item => item.id !== id))

  const start = (file: File, replace: boolean): void => {
    const id = ++numbers
    if (file.size > most) {
      toast.failed(t('inbox.too-large', { name: file.name, limit: bytes(most) }))
      return
    }
    const begun = upload<{ name: string }>('PUT', `/inbox/${encodeURIComponent(file.name)}`, file, {
      query: { replace },
      onShare: share => change(id, { share }),
    })
    setSending(all => [...all, { id, name: file.name, share: 0, failed: '', upload: begun }])
    begun.done.then(
      () => {
        forget(id)
        toast.done(t('inbox.sent', { name: file.name }))
        onDone()
      },
      (error: unknown) => {
        const cancelled = error instanceof DOMException && error.name === 'AbortError'
        change(id, { upload: null, failed: cancelled ? t('inbox.cancelled', { name: file.name }) : problem(error) })
      },
    )
  }
  const take = (files: Iterable<File>): void => {
    for (const file of files) {
      if (known.includes(file.name)) setAsking(file)
      else start(file, false)
    }
  }
  return (
    <div className="stack tight">
      <section
        className={over ? 'drop over' : 'drop'}
        aria-label={t('inbox.drop')}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
      >
        <InboxOutlined style={{ fontSize: 28 }} aria-hidden />
        <span>{t('inbox.drop')}</span>
        <Button onClick={() => input.current?.click()}>{t('inbox.choose')}</Button>
        <input
          ref={input}
          type="file"
          multiple
          tabIndex={-1}
          aria-label={t('inbox.choose')}
          onChange={event => {
            take(event.target.files ?? [])
            event.target.value = ''
          }}
        />
      </section>
      {sending.map(item => (
        <div key={item.id} className="row apart">
          <span className={item.failed ? 'grow bad' : 'grow'} role="status">
            {item.failed || t('inbox.sending', { name: item.name, percent: percent(item.share, 0) })}
            {item.failed ? null : <Progress percent={Math.round(item.share * 100)} size="small" showInfo={false} />}
          </span>
          <Button size="small" onClick={() => (item.upload ? item.upload.cancel() : forget(item.id))}>
            {item.upload ? t('src.cancel') : t('action.close')}
          </Button>
        </div>
      ))}
      <Modal
        open={asking !== null}
        title={t('inbox.replace')}
        okText={t('inbox.replace')}
        cancelText={t('src.cancel')}
        onOk={() => {
          if (asking) start(asking, true)
          setAsking(null)
        }}
        onCancel={() => setAsking(null)}
      >
        <p>{t('inbox.replace-ask', { name: asking?.name ?? '' })}</p>
      </Modal>
    </div>
  )
}
