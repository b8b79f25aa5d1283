import { useState } from 'react'
import { apiPath } from '../../../../api/client.ts'
import type { Asset, AssetList } from '../../../../api/content.ts'
import { useGet } from '../../../../api/queries.ts'
import { useMay } from '../../../../api/session.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Async, Blank, Input, Modal, useLater } from '../../../../kit/index.ts'
import { AssetUpload } from './asset-upload.tsx'

interface AssetPickerProps {
  kind: 'picture' | 'font'
  onPick: (asset: Asset) => void
  onClose: () => void
}

/** Pictures or fonts there are, and the way to bring another. */
export function AssetPicker({ kind, onPick, onClose }: AssetPickerProps) {
  const { t } = useText()
  const may = useMay()
  const [words, setWords] = useState('')
  const asked = useLater(words)
  const list = useGet<AssetList>('/assets', { query: { kind, words: asked, limit: 100 }, keep: true })
  return (
    <Modal open footer={null} width={760} title={t(`assets.pick-${kind}`)} onCancel={onClose}>
      <div className="stack tight">
        <Input
          allowClear
          value={words}
          placeholder={t('assets.search')}
          aria-label={t('assets.search')}
          onChange={event => setWords(event.target.value)}
        />
        {may('content.write') ? <AssetUpload kind={kind} onStored={onPick} /> : null}
        <Async query={list} lines={4}>
          {({ rows, total }) =>
            rows.length === 0 ? (
              <Blank title={t('assets.none')}>{t(`assets.none-${kind}`)}</Blank>
            ) : (
              <>
                <ul className="asset-grid">
                  {rows.map(asset => (
                    <li key={asset.id}>
                      <button type="button" className="asset-door" onClick={() => onPick(asset)}>
                        {asset.font ? (
                          <span className="asset-font">{asset.font.family}</span>
                        ) : (
                          <img src={apiPath(`/assets/${asset.id}/content`)} alt="" loading="lazy" />
                        )}
                        <span className="small ellipsis">{asset.name}</span>
                        <span className="small muted">
                          {asset.font
                            ? t('assets.font-covers', { latin: asset.font.latin, chinese: asset.font.chinese })
                            : `${asset.width} × ${asset.height}`}
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
                {total > rows.length ? (
                  <p className="small muted">{t('assets.more', { count: total - rows.length })}</p>
                ) : null}
              </>
            )
          }
        </Async>
      </div>
    </Modal>
  )
}
