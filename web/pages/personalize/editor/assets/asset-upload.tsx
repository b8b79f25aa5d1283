import { UploadOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Asset, AssetStored } from '../../../../api/content.ts'
import { upload } from '../../../../api/upload.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Button, Callout, Progress, TextField, useProblem, useToast } from '../../../../kit/index.ts'

const accepts = { picture: '.png,.jpg,.jpeg,.svg', font: '.ttf,.otf' }

/** Brings a file; a font needs its licence, a picture the words for those who do not see it. */
export function AssetUpload({ kind, onStored }: { kind: 'picture' | 'font'; onStored: (asset: Asset) => void }) {
  const { t } = useText()
  const problem = useProblem()
  const toast = useToast()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [said, setSaid] = useState({ licence: '', altZh: '', altEn: '' })
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const text = (id: keyof typeof said, label: string) => (
    <TextField label={label} value={said[id]} maxLength={300} onChange={value => setSaid({ ...said, [id]: value })} />
  )
  const send = async () => {
    if (!file) return
    setShare(0)
    setError(null)
    try {
      const { asset, known } = await upload<AssetStored>('POST', '/assets', file, {
        query: { name: file.name, ...said },
        onShare: setShare,
      }).done
      if (known) toast.done(t('assets.known', { name: asset.name }))
      await client.invalidateQueries({ queryKey: ['/assets'] })
      onStored(asset)
    } catch (failed) {
      setError(failed)
    } finally {
      setShare(null)
    }
  }
  return (
    <div className="asset-upload">
      <input
        ref={input}
        type="file"
        hidden
        accept={accepts[kind]}
        aria-label={t(`assets.choose-${kind}`)}
        onChange={event => {
          setFile(event.target.files?.[0] ?? null)
          setError(null)
          event.target.value = ''
        }}
      />
      <div className="row wrap">
        <Button icon={<UploadOutlined />} onClick={() => input.current?.click()}>
          {t(`assets.choose-${kind}`)}
        </Button>
        <span className="small muted">{file ? file.name : t(`assets.takes-${kind}`)}</span>
      </div>
      {file ? (
        <div className="stack tight">
          {kind === 'font' ? text('licence', t('assets.licence')) : null}
          {kind === 'picture' ? (
            <>
              {text('altZh', t('assets.alt-zh'))}
              {text('altEn', t('assets.alt-en'))}
              {text('licence', t('assets.licence-picture'))}
            </>
          ) : null}
          <div>
            <Button
              type="primary"
              loading={share !== null}
              disabled={kind === 'font' && said.licence.trim() === ''}
              onClick={() => void send()}
            >
              {t('assets.upload')}
            </Button>
          </div>
          {share !== null ? <Progress percent={Math.round(100 * share)} size="small" /> : null}
        </div>
      ) : null}
      {error ? (
        <Callout tone="bad" title={t('assets.refused')}>
          {problem(error)}
        </Callout>
      ) : null}
    </div>
  )
}
