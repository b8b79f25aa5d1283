import { AddressBody } from './blocks/address.tsx'
import { BarcodeBody } from './blocks/barcode.tsx'
import { ButtonBody } from './blocks/button.tsx'
import { ChartBody } from './blocks/chart.tsx'
import { ColumnsBody } from './blocks/columns.tsx'
import { ConditionBody } from './blocks/condition.tsx'
import { FragmentBody } from './blocks/fragment.tsx'
import { OfferBody } from './blocks/offer.tsx'
import { OptionalBody } from './blocks/optional.tsx'
import { PictureBody } from './blocks/picture.tsx'
import { RegionBody } from './blocks/region.tsx'
import { SpaceBody } from './blocks/space.tsx'
import { StepBody } from './blocks/step.tsx'
import { TableBody } from './blocks/table.tsx'
import { TextBody } from './blocks/text.tsx'
import type { Block } from './model.ts'

export function BlockBody({ block }: { block: Block }) {
  switch (block.type) {
    case 'text':
      return <TextBody block={block} />
    case 'table':
      return <TableBody block={block} />
    case 'chart':
      return <ChartBody block={block} />
    case 'picture':
      return <PictureBody block={block} />
    case 'barcode':
      return <BarcodeBody block={block} />
    case 'offer':
      return <OfferBody block={block} />
    case 'fragment':
      return <FragmentBody block={block} />
    case 'condition':
      return <ConditionBody block={block} />
    case 'optional':
      return <OptionalBody block={block} />
    case 'region':
      return <RegionBody block={block} />
    case 'columns':
      return <ColumnsBody block={block} />
    case 'button':
      return <ButtonBody block={block} />
    case 'space':
      return <SpaceBody block={block} />
    case 'address':
      return <AddressBody block={block} />
    case 'step':
      return <StepBody block={block} />
    case 'divider':
      return <hr className="block-divider" />
  }
}
