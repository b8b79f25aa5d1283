import { useState } from 'react'
import { apiPath } from '../../../../api/client.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Button } from '../../../../kit/index.ts'
import { AssetPicker } from '../assets/asset-picker.tsx'
import { useEditorKnows } from '../editor-context.ts'
import { LineField, PhraseField } from '../line-field.tsx'
import type { BlockOf } from '../model.ts'
import { Sized } from './sized.tsx'

export function PictureBody({ block }: { block: BlockOf<'picture'> }) {
  const { t } = useText()
  const { change, locked } = useEditorKnows()
  const [picking, setPicking] = useState(false)
  return (
    <div className="stack tight">
      <div className="row wrap">
        <img className="asset-thumb" src={apiPath(`/assets/${block.asset}/content`)} alt="" />
        {locked ? null : <Button onClick={() => setPicking(true)}>{t('editor.other-picture')}</Button>}
        <Sized block={block} />
      </div>
      <LineField
        label={t('editor.alt')}
        value={block.alt}
        onChange={alt => change({ ...block, alt }, `${block.id} alt`)}
      />
      <PhraseField
        label={t('editor.picture-link')}
        value={block.link ?? []}
        onChange={link => {
          const { link: _, ...rest } = block
          change(link.length === 0 ? rest : { ...rest, link }, `${block.id} link`)
        }}
      />
      {picking ? (
        <AssetPicker
          kind="picture"
          onClose={() => setPicking(false)}
          onPick={asset => {
            setPicking(false)
            change({ ...block, asset: asset.id })
          }}
        />
      ) : null}
    </div>
  )
}
